// The picture of a pair: arrow keys go from mark to mark, and a mark shows its evidence in place. Without it marks are links.
"use strict";
(() => {
  const marks = () => [...document.querySelectorAll("svg.course a.mark")];

  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("svg.course a.mark");
    if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = marks();
    const at = all.indexOf(here);
    // Time runs to the right in both languages; up and down stay on the day and change the ladder.
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, to))].focus();
  });

  document.addEventListener("click", async (event) => {
    const mark = event.target.closest?.("svg.course a.mark");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.button || !window.htmx || !document.getElementById("evidence")) return;
    event.preventDefault();
    const address = new URL(mark.getAttribute("href"), location.href);
    const part = new URL(address);
    part.searchParams.set("part", "evidence");
    part.hash = "";
    await htmx.ajax("GET", part.pathname + part.search, { target: "#evidence", swap: "outerHTML" });
    for (const other of marks()) other.removeAttribute("aria-current");
    mark.setAttribute("aria-current", "true");
    history.replaceState(null, "", address);
    const shown = document.getElementById("evidence");
    shown?.scrollIntoView({ block: "nearest" });
    if (event.detail === 0) shown?.focus({ preventScroll: true });  // by keyboard: read on from there
  });
})();
