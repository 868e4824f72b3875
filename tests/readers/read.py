"""Reads what phase writes with readers that we did not write: icalendar, openpyxl, python-docx, html5lib, jsonschema.

    python tests/readers/read.py PROGRAM FOLDER-OF-THE-END-OF-TERM-SET

Every fault is told; the exit code is 1 where there is one.
"""

import base64
import csv
import functools
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import warnings
from pathlib import Path

import docx
import html5lib
import icalendar
import jsonschema
import openpyxl

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
EXAMPLE = ROOT / "examples" / "two-form-primary"
TODAY = "2026-12-10"
AUDIENCES = ["leader", "headteacher", "governors", "staff"]
REPORTS = ["end-of-term", "provision", "headteacher", "line-manager", "staff-meeting", "phase-meeting",
           "leadership-conversation", "target-sheet", "handover"]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
wrong = []


def fault(where, what):
    wrong.append(f"{where}: {what}")


def run(program, workspace, *words):
    env = {"PHASE_TODAY": TODAY, "PATH": os.environ["PATH"]}
    done = subprocess.run([program, "-w", str(workspace), *map(str, words)], capture_output=True, env=env)
    return done.returncode, done.stdout, done.stderr.decode()


def calendar(path):
    data = path.read_bytes()
    if b"\n" in data.replace(b"\r\n", b""):
        fault(path, "a line does not end with CRLF")
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        fault(path, "a line is longer than 75 octets")
    data.decode("utf-8")
    read = icalendar.Calendar.from_ical(data)
    if read.get("METHOD") != "PUBLISH" or not read.walk("VTIMEZONE"):
        fault(path, "no method or no zone")
    if any(event.errors for event in read.walk("VEVENT")):
        fault(path, "an event cannot be read")
    uids = [str(event["UID"]) for event in read.walk("VEVENT")]
    if not uids or len(set(uids)) != len(uids) or not all(uid.endswith(".phase.invalid") for uid in uids):
        fault(path, f"UIDs are amiss: {uids}")
    for event in read.walk("VEVENT"):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if start.tzinfo is None or end <= start or str(event["DTSTART"].params.get("TZID")) != "Europe/London":
            fault(path, f"{event['UID']} has no proper time")
        if "SEQUENCE" not in event or "DTSTAMP" not in event or not str(event["SUMMARY"]):
            fault(path, f"{event['UID']} lacks a property")


def workbook(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(path)
    if book.properties.creator not in (None, "", "openpyxl"):
        fault(path, f"names a creator: {book.properties.creator}")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    fault(path, f"{sheet.title}!{cell.coordinate} is a formula: {cell.value}")
                text = isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@")
                if text and len(cell.value) > 1 and not cell.quotePrefix:
                    fault(path, f"{sheet.title}!{cell.coordinate} would turn live: {cell.value[:40]}")
    return book


def document(path):
    read = docx.Document(path)
    headings = [p for p in read.paragraphs if p.style.name.lower().startswith("heading")]
    if read.paragraphs[0].style.name != "Title":
        fault(path, "does not begin with its title")
    if not headings and read.tables:
        fault(path, "has no heading")
    for table in read.tables:
        properties = table._tbl.tblPr
        for name in ("tblCaption", "tblDescription"):
            found = properties.find(WORD + name)
            if found is None or not found.get(WORD + "val"):
                fault(path, f"a table has no {name}: {[c.text for c in table.rows[0].cells]}")
        if table.rows[0]._tr.trPr is None or table.rows[0]._tr.trPr.find(WORD + "tblHeader") is None:
            fault(path, "a table's head does not repeat")
        widths = {len(row.cells) for row in table.rows}
        if len(widths) != 1:
            fault(path, "a table's rows differ in length")
    core = read.core_properties
    if core.author or core.last_modified_by or core.comments or not core.title or core.language != "en-GB":
        fault(path, f"its properties say {core.author!r} {core.title!r} {core.language!r}")
    return read


LEVELS = {"h1": 1, "h2": 2, "h3": 3}


def page(path, text=None):
    text = text if text is not None else path.read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(text)
    tags = [element.tag for element in tree.iter() if isinstance(element.tag, str)]
    if tree.get("lang") != "en-GB":
        fault(path, "has no language")
    for name in ("script", "link", "img", "iframe", "form", "object", "embed", "base"):
        if name in tags:
            fault(path, f"has <{name}>")
    for element in tree.iter():
        for name, value in element.attrib.items():
            name = str(name).split("}")[-1]
            if name.startswith("on") or name == "style":
                fault(path, f"<{element.tag} {name}>")
            if name in ("href", "src") and not value.startswith("#"):
                fault(path, f"leads away: {value}")
    policy = next(m.get("content") for m in tree.iter("meta") if m.get("http-equiv"))
    style = next(tree.iter("style")).text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    if not policy.startswith("default-src 'none'") or f"'sha256-{digest}'" not in policy or "unsafe" in policy:
        fault(path, f"its policy does not fit its style: {policy}")
    level = 0
    for element in tree.iter():
        if element.tag in LEVELS:
            if LEVELS[element.tag] > level + 1:
                fault(path, f"a heading skips a level: {element.text}")
            level = LEVELS[element.tag]
    for table in tree.iter("table"):
        if table.find("caption") is None or not "".join(table.find("caption").itertext()).strip():
            fault(path, "a table has no caption")
        if any(not th.get("scope") for th in table.iter("th")):
            fault(path, "a heading of a table has no scope")
    for picture in (e for e in tree.iter() if str(e.tag).endswith("svg")):
        names = [str(child.tag).split("}")[-1] for child in picture]
        if picture.get("role") != "img" or names[:2] != ["title", "desc"]:
            fault(path, "a picture has no title and description")
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    if len(ids) != len(set(ids)):
        fault(path, "two parts have one id")
    if "Ofsted" in "".join(tree.itertext()).replace("Ofsted-style", "") and "for Ofsted" in "".join(tree.itertext()):
        fault(path, "is made for an inspectorate")
    return tree


def skeleton(tree):
    return [e.tag for e in tree.iter() if isinstance(e.tag, str) and "svg" not in str(e.tag)]


@functools.lru_cache
def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def validate(name, value, where):
    for error in list(validator(name).iter_errors(value))[:3]:
        fault(where, f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")


ANSWERS = [
    (["check"], ["leader"]), (["status"], ["leader"]), (["schedule"], ["leader", "headteacher"]), (["clashes"], ["leader"]),
    (["evaluate"], AUDIENCES), (["evaluate", "-s", "maths", "--explain"], AUDIENCES), (["evaluate", "--year"], ["leader"]),
    (["moderate"], AUDIENCES), (["practice"], AUDIENCES), (["frameworks"], ["leader"]), (["frameworks", "ofsted-2026"], ["leader"]),
    (["trajectory"], AUDIENCES), (["trajectory", "--trend"], ["leader", "governors"]), (["gaps"], AUDIENCES),
    (["causes", "-s", "maths"], ["leader"]), (["objectives"], ["leader", "headteacher", "governors"]),
    (["actions", "--all"], ["leader", "headteacher"]), (["duties", "--all"], ["leader"]), (["log"], ["leader", "headteacher"]),
    (["report", "--list"], ["leader"]), (["form", "schedule"], ["leader"]), (["form", "books"], ["leader"]),
    *((["report", kind], AUDIENCES) for kind in REPORTS),
]


def answers(program):
    """Every answer of the example school and others against its schema."""
    for words, audiences in ANSWERS:
        for audience in audiences:
            code, out, err = run(program, EXAMPLE, *words, "--audience", audience, "--json")
            where = " ".join(["phase", *words, "--audience", audience])
            if code not in (0, 3):
                fault(where, err.strip())
                continue
            answer = json.loads(out)
            validate(answer["schema"].split("/")[1], answer, where)
    for school in ("village-school", "no-room-limit", "no-room-ppa", "two-files"):
        for words in (["schedule", "--half-term", "3"], ["clashes", "--half-term", "3"], ["check"], ["status"]):
            code, out, err = run(program, ROOT / "examples" / school, *words, "--json")
            if code in (0, 3):
                answer = json.loads(out)
                validate(answer["schema"].split("/")[1], answer, f"{school}: {' '.join(words)}")
            elif code != 2:
                fault(f"{school}: {' '.join(words)}", err.strip())


def files():
    """Every TOML file there is against its schema."""
    for folder in [ROOT / "data-template", *sorted((ROOT / "examples").iterdir())]:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
            validate(f"files/{path.stem}", dates(tomllib.loads(path.read_text(encoding="utf-8"))), path)
    for path in sorted((ROOT / "src").rglob("*.toml")):
        if "frameworks" in str(path.parent):
            validate("files/framework", dates(tomllib.loads(path.read_text(encoding="utf-8"))), path)


def dates(value):
    """TOML's own dates as the text that they also may be."""
    if isinstance(value, dict):
        return {key: dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [dates(item) for item in value]
    return value if isinstance(value, (str, int, float, bool)) else value.isoformat()


HOSTILE = [
    "=1+1", "@SUM(A1:A9)", "-2+3", "+44 1632", "<script>alert(1)</script>", "</td></tr></table>", '"><img src=x onerror=y>',
    "]]>", "&amp;&#65;", "a|b|c", "# heading", "![x](http://a.b)", "[x](javascript:y)", "http://example.invalid/x", "`code`",
    "{{x}} ${y} %1", "END:VEVENT", "שלום עולם", "مرحبا", "🎓🧮", "é\u0301\u0301", "Zoë O'Neil-Smith", "x" * 400, "long words " * 120,
]


def cell(text):
    return '"' + text.replace('"', '""') + '"'


def hostile_workspace(folder, text):
    """A small school in which `text` stands wherever words may stand."""
    # What begins with # is a note, in a file as in a sheet.
    word = ("w " + text).strip()
    toml = json.dumps(word, ensure_ascii=False)
    files = {
        "phase.toml": f'[school]\nname = {toml}\n[[phase]]\nid = "ks1"\nname = {toml}\nleader = "hale"\n'
                      'year_groups = ["1", "2"]\nsessions = ["Thu pm1"]\n',
        "calendar.toml": (EXAMPLE / "calendar.toml").read_text(encoding="utf-8").split("[[event]]")[0],
        "subjects.csv": f"name,id,leader\n{cell(word)},maths,okafor\nEnglish,english,ashdown\n",
        "staff.csv": f"name,id\nMorgan Hale,hale\n{cell(word)},okafor\nTom Ashdown,ashdown\n",
        "classes.csv": "id,year_group\n1A,1\n1B,1\n2A,2\n2B,2\n",
        "schedules/ht2/published.csv": "id,sequence,owner,task,subject,date,period,start,end,with,classes,teacher,place,minutes,fixed,status,reason\n"
                      f"a,0,hale,work-scrutiny,maths,2026-11-12,pm1,,,okafor,1A,,{cell(word)},60,no,held,\n"
                      f"b,0,hale,lesson-visit,maths,2026-11-19,pm1,,,okafor,1A,,,60,no,missed,{cell(word)}\n"
                      f"c,0,hale,records-scrutiny,maths,2026-12-17,pm1,,,okafor,,,{cell(word)},60,no,planned,\n",
        "evidence/ht2.csv": "id,date,kind,subject,aspect,grade,classes,by,strength,next_step\n" + "".join(
            f"e{i},2026-11-{10 + i},{kind},maths,provision.teaching,good,1A,hale,{cell(word)},{cell(word)}\n"
            for i, kind in enumerate(["books", "records", "pupil-voice", "books", "records"])),
        "actions.csv": f"id,action,owner,due,status,kind,subject,opened,measure,after,came_from\nx,{cell(word)},okafor,2027-01-08,open,strategy,maths,2026-11-10,{cell(word)},{cell(word)},e1\n",
        "log.csv": "date,kind,who,what\n" + "".join(
            f"2026-11-{10 + i},{kind},hale,{cell(word)}\n"
            for i, kind in enumerate(["meeting", "decision", "success", "expectation-checked", "deployment", "offer"])),
        "objectives.toml": f'[[objective]]\nid = "o"\ntitle = {toml}\ndue = 2027-07-16\nagreed_progress = {toml}\naims = [{toml}]\n'
                           f'[[objective.criterion]]\ntext = {toml}\nmilestone = ""\n[[objective.monitoring]]\ntext = {toml}\nshown_by = ["meeting"]\n',
        "duties.toml": f'[[duty]]\nid = "d"\narea = "meetings"\ntext = {toml}\nwho = ["phase-leader"]\nevery = "half-term"\nshown_by = ["meeting"]\n',
        "reports.toml": f'[end-of-term]\ntitle = {json.dumps("w " + text.replace("{", "(").replace("}", ")"), ensure_ascii=False)}\nopening = {json.dumps("w " + text.replace("{", "(").replace("}", ")"), ensure_ascii=False)}\n',
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")


def hostile(program):
    """Whatever stands in the files, a page keeps its form, and nothing is live."""
    shown = told = 0
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain"
        hostile_workspace(plain, "word")
        code, out, err = run(program, plain, "check")
        if code != 0:
            fault("the plain workspace", err + out.decode())
        for number, text in enumerate(HOSTILE):
            school = Path(folder) / str(number)
            hostile_workspace(school, text)
            for words in (["report", "end-of-term", "--audience", "leader"], ["report", "handover"], ["report", "phase-meeting", "--audience", "leader"], ["notify", "--half-term", "2"]):
                where = f"{text[:30]!r} in {' '.join(words)}"
                out = Path(folder) / "out" / str(number)
                if words[0] == "notify":
                    code, _, err = run(program, school, *words, "-o", out)
                    if code == 0:
                        told += 1
                        for path in sorted(out.iterdir()):
                            one(path)
                    elif code != 1 or "error:" not in err:
                        fault(where, err)
                    continue
                for ending in ("html", "docx", "xlsx", "md", "csv", "txt"):
                    path = Path(folder) / f"a.{ending}"
                    path.unlink(missing_ok=True)
                    code, _, err = run(program, school, *words, "-o", path)
                    if code == 1 and "error:" in err:
                        continue
                    if code != 0:
                        fault(f"{where} as {ending}", err.strip()[:300])
                        continue
                    shown += 1
                    one(path, where)
                    if ending == "html" and len(text) < 60:
                        run(program, plain, *words, "-o", Path(folder) / "plain.html")
                        if skeleton(page(path)) != skeleton(page(Path(folder) / "plain.html")):
                            fault(where, "the page's form has changed")
                    if ending == "csv":
                        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))):
                            if any(re.match(r"\s*[=@]|\s*[+-][^\d\s]", field) for field in row):
                                fault(where, f"a cell of the CSV is live: {row}")
                    if ending in ("txt", "md") and re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", path.read_text(encoding="utf-8")):
                        fault(where, f"a sign in the {ending} steers")
    if shown < 15 * len(HOSTILE) or told < len(HOSTILE) - 2:
        fault("hostile text", f"only {shown} pages and {told} notices were made")
    print(f"{shown} pages and {told} notices of hostile text read")


def one(path, where=None):
    try:
        reader = {".ics": calendar, ".xlsx": workbook, ".docx": document, ".html": page}.get(path.suffix)
        if reader:
            reader(path)
    except Exception as error:  # a reader that fails is the fault itself
        fault(where or path, f"{path.suffix}: {type(error).__name__}: {error}")


def main():
    program, made = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    paths = sorted(path for path in made.rglob("*") if path.is_file())
    for path in paths:
        one(path)
    for path in paths:
        if path.suffix == ".json":
            answer = json.loads(path.read_text(encoding="utf-8"))
            validate(answer["schema"].split("/")[1], answer, path)
    answers(program)
    files()
    hostile(program)
    for says in wrong:
        print(says)
    print(f"{len(paths)} files read, {len(wrong)} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
