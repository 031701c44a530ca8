"""What people and machines put into query strings, by accident and on purpose."""

from urllib.parse import quote

EVIL_VALUES = [
    *("%00", "a%00b", "%FF%FE", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%25", "%5C", "%zz", "%", "", "%20%20"),
    *("99999999999", "-1", "0", "1e309", "NaN", "9" * 20, "9" * 400, "9" * 5000, "a" * 5000, "1" + "0" * 4400),
    *map(
        quote, ("٢٠٢١", "🇨🇦", "\u202e", "__", "a__b", "author__password", "-official__secret_note", "?", "*", "pk__in")
    ),
    *map(quote, ("id;select 1", "' or 1=1--", "../", "\r\nX: y", "${7*7} {{7*7}} <script>alert(1)</script>", "[]")),
    *map(quote, ("2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "2026-03-29T01:30+99:99")),
    *map(quote, ("border", "norda", "neither", "with", "news", "newest", "2021-01-01", "2", "und", "fact", "%_\\")),
]
EVIL_QUERIES = [
    "=",
    "&&&",
    "%",
    "page=2&page=x",
    "page[]=1",
    "q[]=a&topic[]=b",
    "&".join(f"p{n}=1" for n in range(900)),
]
