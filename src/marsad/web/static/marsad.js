// Comfort for the keyboard; every page works without it. `/` to the search, `j` `k` along [data-move], Enter opens,
// `?` shows the keys, `g o` and `g a` go to the observatory and the alerts, `l` changes the language.
(() => {
  "use strict";
  const token = document.querySelector('meta[name="marsad-token"]');
  document.addEventListener("htmx:configRequest", (event) => {
    if (token) event.detail.headers["x-marsad-token"] = token.content;
  });

  const items = () => [...document.querySelectorAll("[data-move]")].filter((one) => one.offsetParent !== null);
  let here = null;

  function step(by) {
    const all = items();
    if (!all.length) return;
    const focused = document.activeElement && document.activeElement.closest("[data-move]");
    const at = all.indexOf(focused || here);
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
    if (here) here.classList.remove("here");
    here = next;
    here.classList.add("here");
    const target = here.matches("a[href],[tabindex]") ? here : here.querySelector("a[href]");
    if (target) target.focus({ preventScroll: true });
    here.scrollIntoView({ block: "nearest" });
  }

  function open() {
    const link = here && (here.matches("a[href]") ? here : here.querySelector("a[href]"));
    if (link) link.click();
  }

  const help = document.getElementById("help");
  const show = () => { if (help && help.showModal && !help.open) help.showModal(); };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]") && help && help.showModal) {
      event.preventDefault();
      show();
    }
  });

  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest && event.target.closest("input,select,textarea,[contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    // The letters by their place on the keyboard too: in an Arabic layout they are others.
    const key = /^[a-z]$/.test(event.key) ? event.key : (/^Key([A-Z])$/.exec(event.code) || ["", event.key])[1].toLowerCase();
    const pair = before + key;
    before = key === "g" ? "g" : "";
    const find = document.getElementById("find");
    if (pair === "go") location.href = "/";
    else if (pair === "ga") location.href = "/alerts";
    else if (event.key === "?" || event.key === "؟") show();
    else if ((event.key === "/" || event.code === "Slash" && !event.shiftKey) && find) { event.preventDefault(); find.focus(); find.select(); }
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "l" && !pair.startsWith("g")) { const to = document.querySelector("a.switch"); if (to) to.click(); }
    else if (event.key === "Enter" && here && !event.target.closest("a,button,summary")) open();
  });
})();
