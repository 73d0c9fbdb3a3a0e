"""What is a number and what is none: the link reads by these examples, and so does the browser."""

# A text, and the number that it is; None where it is none.
NUMBERS: list[tuple[str, float | None]] = [
    *(("0", 0.0), ("7", 7.0), ("-7", -7.0), ("+7", 7.0), ("007", 7.0), ("2.5", 2.5), ("2,5", 2.5)),
    *((".5", 0.5), (",5", 0.5), ("5.", 5.0), ("5,", 5.0), ("-.5", -0.5), ("-0", 0.0), ("0.000", 0.0)),
    *(("\N{MINUS SIGN}2,5", -2.5), ("\N{EN DASH}2.5", -2.5), (" 3 ", 3.0), ("\t-3\n", -3.0)),
    *(("\N{NO-BREAK SPACE}3\N{NO-BREAK SPACE}", 3.0), ("1e3", 1000.0), ("1E3", 1000.0), ("1d3", 1000.0)),
    *(("1D3", 1000.0), ("1e+3", 1000.0), ("2.5e-1", 0.25), ("2,5d-1", 0.25), (".5e1", 5.0), ("5.e1", 50.0)),
    *(("5e\N{MINUS SIGN}1", 0.5), ("5e\N{EN DASH}1", 0.5), ("-1e300", -1e300), ("1e-999", 0.0)),
    *(("0.1", 0.1), ("123456789.125", 123456789.125)),
    *(("", None), (" ", None), ("-", None), ("+", None), (".", None), (",", None), ("e", None), ("e3", None)),
    *(("1e", None), ("1e+", None), ("1e2.5", None), ("1e999", None), ("-1d999", None), ("9" * 400, None)),
    *(("--1", None), ("+-1", None), ("- 1", None), ("1 2", None), ("1-", None), ("1e3e3", None)),
    *(("1.2.3", None), ("1,2,3", None), ("1.000,5", None), ("1,000.5", None), ("1_0", None), ("1'000", None)),
    *(("0x10", None), ("0X1p3", None), ("0b11", None), ("0o17", None), ("1n", None), ("1f", None)),
    *(("1j", None), ("inf", None), ("-inf", None), ("Infinity", None), ("-Infinity", None), ("nan", None)),
    *(("NaN", None), ("null", None), ("true", None), ("one", None), ("½", None), ("²", None), ("1%", None)),
    *(("٣", None), ("１", None), ("3\N{ARABIC DECIMAL SEPARATOR}5", None), ("1\0", None), ("\0", None)),
    *(("1/2", None), ("(1)", None), ("$1", None), ("1;", None), ("1~2", None), ("\N{EM DASH}1", None)),
]
