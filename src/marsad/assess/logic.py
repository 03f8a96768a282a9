"""The logic of findings: true, false, unknown and contested, after Kleene's strong three-valued logic.

*Unknown* is what nobody has told, *contested* what one side says and another denies. Both are undecided: either value
may turn out to hold. So both give the same in every table; they differ in that what is not decided is *contested* as
soon as one of the undecided parts that it rests on is, else *unknown*. A part that does not matter (a contested one
beside a false one in an *and*) leaves no trace.

=========  =========  =========  =========  =========
and        true       contested  unknown    false
=========  =========  =========  =========  =========
true       true       contested  unknown    false
contested  contested  contested  contested  false
unknown    unknown    contested  unknown    false
false      false      false      false      false
=========  =========  =========  =========  =========

=========  =========  =========  =========  =========
or         true       contested  unknown    false
=========  =========  =========  =========  =========
true       true       true       true       true
contested  true       contested  contested  contested
unknown    true       contested  unknown    unknown
false      true       contested  unknown    false
=========  =========  =========  =========  =========

=========  =========  =========  =========  =========
\\          true       contested  unknown    false
=========  =========  =========  =========  =========
not        false      contested  unknown    true
=========  =========  =========  =========  =========

A node (rows) *unless* an exception (columns) is the node *and not* the exception:

=========  =========  =========  =========  =========
unless     true       contested  unknown    false
=========  =========  =========  =========  =========
true       false      contested  unknown    true
contested  false      contested  contested  contested
unknown    false      contested  unknown    unknown
false      false      false      false      false
=========  =========  =========  =========  =========

*At least n* of some parts is true where n are true, false where fewer than n are true or undecided, else undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marsad.types.law import Truth

_NOT = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}


def decided(truth: Truth) -> bool:
    """Whether a value is true or false."""
    return truth in _NOT


def negate(truth: Truth) -> Truth:
    """The other value; what is undecided stays as it is.

    >>> negate(Truth.CONTESTED)
    <Truth.CONTESTED: 'contested'>
    """
    return _NOT.get(truth, truth)


def at_least(n: int, truths: Iterable[Truth]) -> Truth:
    """Whether at least ``n`` hold.

    >>> at_least(2, [Truth.TRUE, Truth.UNKNOWN, Truth.CONTESTED])
    <Truth.CONTESTED: 'contested'>
    >>> at_least(2, [Truth.FALSE, Truth.FALSE, Truth.CONTESTED])
    <Truth.FALSE: 'false'>
    """
    given = tuple(truths)
    held = given.count(Truth.TRUE)
    if held >= n:
        return Truth.TRUE
    if held + sum(not decided(one) for one in given) < n:
        return Truth.FALSE
    return Truth.CONTESTED if Truth.CONTESTED in given else Truth.UNKNOWN


def all_of(truths: Sequence[Truth]) -> Truth:
    """Whether all hold; of none, yes."""
    return at_least(len(truths), truths)


def any_of(truths: Sequence[Truth]) -> Truth:
    """Whether one holds; of none, no."""
    return at_least(1, truths)


def unless(truth: Truth, exceptions: Sequence[Truth]) -> Truth:
    """The value of a node with exceptions.

    >>> unless(Truth.TRUE, [Truth.FALSE, Truth.UNKNOWN])
    <Truth.UNKNOWN: 'unknown'>
    """
    return all_of((truth, negate(any_of(exceptions))))
