import signal
import sys
import threading
import time

import pytest

from marsad.desk.stop import Stop, Stopped


def test_it_says_whether_somebody_has_asked():
    stop = Stop()
    assert not stop()
    stop.ask(signal.SIGTERM, None)
    assert stop()


def test_while_something_is_written_nothing_is_interrupted():
    stop = Stop()
    with stop.waiting():
        pass
    stop.ask()
    with pytest.raises(Stopped), stop.waiting():
        raise AssertionError


def test_a_wait_ends_as_soon_as_somebody_asks():
    stop = Stop()
    with pytest.raises(Stopped), stop.waiting():
        stop.ask()
    began = time.monotonic()
    stop.wait(60)
    assert time.monotonic() - began < 30


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_signal_ends_a_wait_in_the_main_thread():
    stop = Stop()
    before = signal.signal(signal.SIGUSR1, stop.ask)
    main = threading.main_thread().ident
    try:
        threading.Timer(0.2, lambda: signal.pthread_kill(main, signal.SIGUSR1)).start()
        began = time.monotonic()
        stop.wait(60)
        assert stop() and time.monotonic() - began < 30
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_wait_that_nobody_ends_lasts():
    began = time.monotonic()
    Stop().wait(0.05)
    Stop().wait(-1)
    assert time.monotonic() - began > 0.04
