"""SQLite FTS5 as a peer: `index RECORDS FILE` makes a database of the records, `ask FILE` answers questions, a line of JSON each.

Words are those of the tokeniser unicode61, without stems; what a list shows is stored once, in a table beside the index (external content).
"""

import json
import sys
import time
from datetime import date
from sqlite3 import connect


def lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def index(records, path):
    base = connect(path)
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    tokens = "tokenize = \"unicode61 remove_diacritics 2\""
    base.execute("CREATE TABLE quote (id INTEGER PRIMARY KEY, key, article, day, outlet, words, speaker, facts)")
    base.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, key, day, outlet, title, body, speaker, facts)")
    quote = (
        (r["id"] - 2**63, r["article"] - 2**63, r["day"], r["outlet"], r["words"], r["speaker"],
         json.dumps([r[name] for name in ("spans", "kind", "role", "cue", "rule", "confidence", "date", "title", "path", "lang")]))
        for r in lines(f"{records}/quotes.jsonl")
    )
    base.executemany("INSERT INTO quote (key, article, day, outlet, words, speaker, facts) VALUES (?, ?, ?, ?, ?, ?, ?)", quote)
    article = (
        (r["id"] - 2**63, r["day"], r["outlet"], r["title"], r["text"], "\n".join(r["speakers"]),
         json.dumps([r[name] for name in ("byline", "section", "date", "lang", "path", "words", "body")]))
        for r in lines(f"{records}/articles.jsonl")
    )
    base.executemany("INSERT INTO article (key, day, outlet, title, body, speaker, facts) VALUES (?, ?, ?, ?, ?, ?, ?)", article)
    for name, columns in (("quote", "words, speaker"), ("article", "title, body, speaker")):
        base.execute(f"CREATE VIRTUAL TABLE {name}_words USING fts5({columns}, content = {name}, content_rowid = id, {tokens})")
        base.execute(f"INSERT INTO {name}_words ({name}_words) VALUES ('rebuild')")
        base.execute(f"INSERT INTO {name}_words ({name}_words) VALUES ('optimize')")
    base.commit()
    base.close()


def match(test, column):
    """The question in the language of FTS5; None where it has none."""
    (kind, asked), = test.items()
    quoted = lambda word: f'"{word}"'
    if kind == "word":
        return f"{column} : {quoted(asked)}"
    if kind == "and":
        return f"{column} : ({' AND '.join(map(quoted, asked))})"
    if kind == "or":
        return f"{column} : ({' OR '.join(map(quoted, asked))})"
    if kind == "phrase":
        return f"{column} : {quoted(' '.join(asked))}"
    if kind == "near":
        return f"{column} : NEAR({quoted(asked[0])} {quoted(asked[1])}, {asked[2] - 1})"
    if kind == "prefix":
        return f"{column} : {quoted(asked)} *"
    if kind == "said":
        return f"speaker : {quoted(asked[0])} AND {column} : {quoted(asked[1])}"
    if kind == "days":
        return f"{column} : {quoted(asked[0])}"
    return None


def answer(base, question):
    test, want, among = question["test"], question["want"], question["among"]
    table, column = ("quote", "words") if among == "quotes" else ("article", "body")
    words = match(test, column)
    if words is None:
        return None
    join = f"FROM {table}_words JOIN {table} ON {table}.id = {table}_words.rowid WHERE {table}_words MATCH ?"
    values = [words]
    if "days" in test:
        number = lambda text: (date.fromisoformat(text) - date(1970, 1, 1)).days
        join += f" AND {table}.day BETWEEN ? AND ?"
        values += [number(test["days"][1]), number(test["days"][2])]
    if want == "count":
        plain = f"FROM {table}_words WHERE {table}_words MATCH ?"
        return base.execute(f"SELECT count(*) {join if len(values) > 1 else plain}", values).fetchone()[0]
    if want == "facet":
        return sum(count for _, count in base.execute(f"SELECT {table}.outlet, count(*) {join} GROUP BY {table}.outlet", values))
    order = {"best": f"{table}_words.rank LIMIT 10", "newest": f"{table}.day DESC LIMIT 10", "everything": f"{table}.day DESC"}[want]
    return len(base.execute(f"SELECT {table}.* {join} ORDER BY {order}", values).fetchall())


def ask(path):
    base = connect(f"file:{path}?mode=ro", uri=True)
    base.execute("PRAGMA mmap_size = 17179869184")
    for line in sys.stdin:
        question = json.loads(line)
        begun = time.perf_counter()
        count = answer(base, question)
        taken = time.perf_counter() - begun
        print("-" if count is None else f"{count} {taken:.9f}", flush=True)


if __name__ == "__main__":
    {"index": index, "ask": ask}[sys.argv[1]](*sys.argv[2:])
