from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Clock

from marsad.read.web import turns
from marsad.read.web.turns import PATIENCE, Hosts, Turns


class Asked:
    """Hosts that are asked by courses, each request taking ``cost`` seconds of a clock that stands still."""

    def __init__(self, delay: float = 5.0, cost: float = 0.0) -> None:
        self.clock, self.hosts, self.cost = Clock(), Hosts(delay), cost
        self.times: dict[str, list[float]] = {}

    def course(self, name, way):
        for host in way:
            while True:
                yield host
                if self.hosts.take(host, self.clock.time()):
                    break
            self.times.setdefault(host, []).append(self.clock.time())
            self.clock.sleep(self.cost)
            self.hosts.asked(host, self.clock.time(), failed=False)
        return name

    def run(self, ways, workers=1):
        courses = ((way[0] if way else "", self.course(name, way)) for name, way in enumerate(ways))
        return Turns(courses, self.hosts, workers, self.clock.time, self.clock.sleep).run()


WAYS = st.lists(st.lists(st.sampled_from("abcd"), max_size=3), max_size=12)


@given(WAYS, st.sampled_from([0.0, 1.0, 7.0]), st.sampled_from([0.0, 5.0]))
def test_every_course_ends_once_and_no_host_is_asked_too_soon(ways, cost, delay):
    asked = Asked(delay, cost)
    done = list(asked.run(ways))
    assert sorted(done) == list(range(len(ways)))
    for times in asked.times.values():
        assert all(later - earlier >= delay + cost for earlier, later in pairwise(times))
    again = Asked(delay, cost)
    assert list(again.run(ways)) == done
    assert again.times == asked.times


@given(WAYS, st.integers(2, 4))
def test_threads_end_every_course_too(ways, workers):
    asked = Asked(0.0)
    assert sorted(asked.run(ways, workers)) == list(range(len(ways)))


def test_as_many_hosts_as_there_are_wait_side_by_side():
    asked = Asked()
    assert len(list(asked.run([[host] for _ in range(10) for host in "abcdefgh"]))) == 80
    assert asked.clock.time() == 45.0


def test_what_is_due_goes_before_what_is_new():
    asked = Asked(0.0)
    ways = iter([[f"{n}", f"{n}"] for n in range(1_000)])
    done = asked.run(ways)
    assert [next(done) for _ in range(3)] == [0, 1, 2]
    assert len(asked.times) <= 4
    done.close()
    assert len(list(ways)) > 990


def test_no_more_is_looked_at_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(turns, "AHEAD", 10)
    asked, taken = Asked(), count()
    done = asked.run(["a"] for _ in iter(lambda: next(taken) < 100, False))
    assert next(done) == 0
    assert next(taken) <= 12
    assert len(list(done)) == 98


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_of_a_course_is_raised_and_the_others_are_closed(workers):
    closed = []

    def broken():
        yield "a"
        raise RuntimeError("ours")

    def waiting():
        try:
            yield "b"
        finally:
            closed.append(True)

    hosts, clock = Hosts(5.0), Clock()
    hosts.asked("b", clock.time(), failed=False, pause=60)
    run = Turns([("b", waiting()), ("a", broken())], hosts, workers, clock.time, clock.sleep).run()
    with pytest.raises(RuntimeError, match="ours"):
        list(run)
    assert closed == [True]


def test_the_wait_for_a_host_grows_with_its_failures_and_ends_with_them():
    hosts = Hosts(5.0)
    waits = []
    for _ in range(10):
        hosts.asked("a", 0.0, failed=True)
        waits.append(hosts.due("a"))
    assert waits[:4] == [10, 20, 40, 80]
    assert waits[-1] == 2 * PATIENCE > hosts.patience
    hosts.asked("a", 1_000.0, failed=False)
    assert hosts.due("a") == 1_005.0


def test_the_longest_wait_that_anybody_asks_for_is_kept():
    hosts = Hosts(5.0)
    assert hosts.due("a") == float("-inf")
    hosts.asked("a", 100.0, failed=False)
    hosts.slow_down("a", "http://a", 30.0)
    hosts.slow_down("a", "https://a", 10.0)
    assert hosts.due("a") == 130.0
    assert not hosts.take("a", 129.9)
    assert hosts.take("a", 130.0)
    assert not hosts.take("a", 130.0), "two at a time"
    hosts.asked("a", 131.0, failed=False, pause=3_600.0)
    assert hosts.due("a") == 3_731.0
    hosts.asked("a", 140.0, failed=False)
    assert hosts.due("a") == 3_731.0, "a shorter wait does not end a longer one"


def test_what_another_run_has_asked_counts_as_far_as_it_is_known():
    for ago, due in ((2.0, 13.0), (60.0, -45.0), (-100.0, 15.0)):
        hosts = Hosts(5.0)
        hosts.asked_before("a", ago, 10.0)
        assert hosts.due("a") == due
