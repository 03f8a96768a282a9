"""One tree of errors, drawn in its docstring."""

from marsad import errors


def test_the_docstring_draws_every_class_with_its_code_and_exit_code():
    for cls in errors.tree():
        line = next(line for line in (errors.__doc__ or "").splitlines() if f"{cls.__name__} " in f"{line} ")
        if cls is not errors.MarsadError:
            assert f" {cls.code} " in line
            assert f" {cls.exit_code}" in line


def test_codes_are_unique():
    codes = [cls.code for cls in errors.tree()]
    assert len(codes) == len(set(codes))


def test_a_message_says_what_where_and_what_to_do():
    error = errors.ReadError("cannot be opened", where="a.txt", do="check the path")
    assert str(error) == "a.txt: cannot be opened. check the path"
    assert (error.what, error.where, error.do) == ("cannot be opened", "a.txt", "check the path")
