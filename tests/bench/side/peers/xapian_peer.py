"""Xapian as a peer: `index RECORDS FOLDER` makes two databases of the records, `ask FOLDER` answers questions, a line of JSON each.

Words are those of its own term generator, without stems; what a list shows is the data of a document.
"""

import json
import os
import sys
import time
from datetime import date

# Documents that are kept in memory before they are written: by default so few that it is written over and over.
os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", "100000")

import xapian

DAY, OUTLET = 0, 1


def lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line, json.loads(line)


def index(records, folder):
    os.makedirs(folder, exist_ok=True)
    for name, column in (("quotes", "words"), ("articles", "text")):
        base = xapian.WritableDatabase(f"{folder}/{name}", xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC)
        terms = xapian.TermGenerator()
        for line, record in lines(f"{records}/{name}.jsonl"):
            document = xapian.Document()
            terms.set_document(document)
            terms.set_termpos(0)
            terms.index_text(record[column])
            for speaker in record.get("speakers", [record.get("speaker", "")]):
                terms.index_text(speaker, 1, "XS")
            if "title" in record and name == "articles":
                terms.index_text(record["title"], 1, "S")
            document.add_value(DAY, xapian.sortable_serialise(record["day"]))
            document.add_value(OUTLET, record["outlet"])
            document.set_data(line)
            base.add_document(document)
        base.commit()
        base.close()


def query(test):
    """The question as Xapian has it; None where it has none."""
    (kind, asked), = test.items()
    of = xapian.Query
    if kind == "word":
        return of(asked)
    if kind in ("and", "or"):
        return of(of.OP_AND if kind == "and" else of.OP_OR, asked)
    if kind == "phrase":
        return of(of.OP_PHRASE, asked, len(asked))
    if kind == "near":
        return of(of.OP_NEAR, [asked[0], asked[1]], asked[2] + 1)
    if kind == "prefix":
        return of(of.OP_WILDCARD, asked, 0, of.WILDCARD_LIMIT_ERROR, of.OP_SYNONYM)
    if kind == "said":
        return of(of.OP_FILTER, of(asked[1]), of("XS" + asked[0]))
    if kind == "days":
        number = lambda text: xapian.sortable_serialise((date.fromisoformat(text) - date(1970, 1, 1)).days)
        return of(of.OP_FILTER, of(asked[0]), of(of.OP_VALUE_RANGE, DAY, number(asked[1]), number(asked[2])))
    return None


def answer(base, question):
    asked, want = query(question["test"]), question["want"]
    if asked is None:
        return None
    enquire = xapian.Enquire(base)
    enquire.set_query(asked)
    every = base.get_doccount()
    if want == "count":
        enquire.set_weighting_scheme(xapian.BoolWeight())
        return enquire.get_mset(0, 0, every).get_matches_estimated()
    if want == "facet":
        enquire.set_weighting_scheme(xapian.BoolWeight())
        spy = xapian.ValueCountMatchSpy(OUTLET)
        enquire.add_matchspy(spy)
        enquire.get_mset(0, 0, every)
        return sum(item.termfreq for item in spy.values())
    if want in ("newest", "everything"):
        enquire.set_weighting_scheme(xapian.BoolWeight())
        enquire.set_sort_by_value(DAY, True)
    return sum(1 for match in enquire.get_mset(0, 10 if want != "everything" else every) if match.document.get_data())


def ask(folder):
    bases = {"quotes": xapian.Database(f"{folder}/quotes"), "bodies": xapian.Database(f"{folder}/articles")}
    for line in sys.stdin:
        question = json.loads(line)
        begun = time.perf_counter()
        count = answer(bases[question["among"]], question)
        taken = time.perf_counter() - begun
        print("-" if count is None else f"{count} {taken:.9f}", flush=True)


if __name__ == "__main__":
    {"index": index, "ask": ask}[sys.argv[1]](*sys.argv[2:])
