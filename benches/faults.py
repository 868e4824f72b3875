#!/usr/bin/env python3
"""Kills `phase`, or fails it with EIO or ENOSPC, at every system call that writes, once each, and looks at what is left.

  cargo build --release && benches/faults.py [PROGRAM] [--only COMMAND,COMMAND]

After each fault: every file of records is whole, old or new; success is claimed only where all is new; nothing is said to
be unwritten that is written, nor written that is not. After the next command that writes: of a change to several files all
are old or all new, and nothing is left over. Needs strace. Exits 1 where anything is wrong.
"""
import concurrent.futures, os, pathlib, re, shutil, subprocess, sys, tempfile

CALLS = ["openat", "write", "fsync", "rename", "renameat2", "linkat", "link", "mkdir", "unlink", "unlinkat", "rmdir",
         "fchmod", "flock", "copy_file_range", "sendfile"]
FAULTS = ["signal=KILL", "error=EIO", "error=ENOSPC"]
ENV = {**os.environ, "PHASE_TODAY": "2026-12-10"}
TERMS = ["1 Sep 2027 to 22 Oct 2027", "1 Nov 2027 to 17 Dec 2027", "4 Jan 2028 to 11 Feb 2028", "21 Feb 2028 to 31 Mar 2028",
         "18 Apr 2028 to 26 May 2028", "5 Jun 2028 to 20 Jul 2028"]
NEW = ["--yes", "--school", "S", "--leader", "Asha Rowe", "--subject", "History=Jo Okafor"]

# What each case does, in the folder that holds `ks1` and `out`; and what it may make beside `ks1`.
CASES = {
    "init": ["init", "new", *NEW],
    "init-there": ["init", "empty", *NEW],
    "init-workbook": ["init", "new", "--workbook", *NEW],
    "convert": ["-w", "ks1", "init", "new", "--convert"],
    "new-year": ["-w", "ks1", "new-year", "new", "--yes", *[word for terms in TERMS for word in ("--terms", terms)]],
    "ask": ["-w", "ks1", "ask", "--answer", "inset=4 Jan 2027"],
    "import-schedule": ["-w", "ks1", "import", "history.csv", "--half-term", "3", "--subject", "history"],
    "import-marks": ["-w", "ks1", "import", "marks.csv", "--key", "key.csv", "--point", "autumn", "--kind", "teacher"],
    "import-events": ["-w", "ks1", "import", "events.ics", "--events", "all"],
    "absent": ["-w", "ks1", "absent", "okafor", "2027-01-11"],
    "record": ["-w", "ks1", "record", "--kind", "books", "--subject", "history", "--aspect", "work", "--grade", "good"],
    "record-from": ["-w", "ks1", "record", "--from", "books.csv"],
    "agree": ["-w", "ks1", "record", "--agree", "ht1-01", "--agreed-grade", "good"],
    "write-actions": ["-w", "ks1", "evaluate", "--write-actions"],
    "objective-done": ["-w", "ks1", "objectives", "done", "1", "1"],
    "action": ["-w", "ks1", "actions", "add", "--action", "Read daily", "--due", "2027-01-11"],
    "action-done": ["-w", "ks1", "actions", "done", "counters"],
    "log": ["-w", "ks1", "log", "add", "--kind", "meeting", "--what", "Phase meeting"],
    "save": ["-w", "ks1", "schedule", "--half-term", "4", "--save"],
    "held": ["-w", "ks1", "--today", "2027-07-20", "held", "ht3-ks1-scheduling-1"],
    "moved": ["-w", "ks1", "moved", "ht3-ks1-scheduling-1", "--to", "2027-02-04 am1", "--anyway"],
    "notify": ["-w", "ks1", "notify", "--half-term", "3", "-o", "out"],
    "issue": ["-w", "ks1", "report", "provision", "--issue", "-o", "out/provision.md"],
    "output": ["-w", "ks1", "evaluate", "-o", "out/evaluation.html", "-o", "out/evaluation.docx"],
    "forget": ["-w", "ks1", "forget", "P1", "--yes"],
}
# What the next command that writes is, where it is not a row of the log of `ks1`.
NEXT = {
    "init": ["init", "other", *NEW], "init-workbook": ["init", "other", *NEW], "convert": ["init", "other", *NEW],
    "new-year": ["init", "other", *NEW], "init-there": ["init", "empty/inner", *NEW],
    "notify": ["-w", "ks1", "notify", "--half-term", "3", "-o", "out", "--format", "markdown"],
    "issue": ["-w", "ks1", "report", "provision", "--issue", "-o", "out/other.md"],
    "output": ["-w", "ks1", "evaluate", "-o", "out/other.md"],
    "import-marks": ["-w", "ks1", "import", "more.csv", "--key", "key.csv", "--point", "autumn", "--kind", "teacher"],
}
LOG = ["-w", "ks1", "log", "add", "--kind", "meeting", "--what", "The next command"]
IS_NOT = re.compile(r"not written|nothing was (written|changed|taken in|added)|no other file was changed|as it was")
IS = re.compile(r"already been written|written, but the disk|cannot be put back|^Written to ", re.M)


def run(program, words, folder, *before):
    return subprocess.run([*before, program, *words], cwd=folder, env=ENV, capture_output=True, text=True, errors="replace")


def start(program, folder):
    """What every case starts from."""
    def do(*words):
        done = run(program, words, folder)
        assert done.returncode in (0, 3), (words, done.stderr)
    do("init", "ks1", *NEW)
    (folder / "out").mkdir()
    (folder / "empty").mkdir()
    school = folder / "ks1"
    (school / "objectives.toml").write_text(
        '# Mine.\n[[objective]]\nid = "o"\ntitle = "Goal"\ndue = 2027-07-16\n[[objective.criterion]]\ntext = "Done"\nmilestone = ""\n')
    (school / "pupils.csv").write_text("pupil,class,year_group\nP1,1A,1\nP2,1A,1\n")
    (school / "assessments.csv").write_text(
        "pupil,subject,point,result,scale\nP1,maths,autumn,EXS,ladder\nP2,maths,autumn,WTS,ladder\n")
    (school / "classes.csv").write_text("id,year_group\n1A,1\n1B,1\n2A,2\n")
    (school / "actions.csv").write_text("id,action,owner,due\ncounters,Buy counters,rowe,2027-01-11\n".replace("rowe", "asha-rowe"))
    (school / "evidence").mkdir()
    kinds = ["books", "records", "pupil-voice"]
    classes, people = ["1A", "1B", "2A"], ["jo-okafor", "asha-rowe"]
    rows = [f"ht1-{n:02},2026-10-0{1 + n % 5},{kinds[n % 3]},history,outcomes.work,requires-improvement,{people[n % 2]},,,,{classes[n % 3]}"
            for n in range(2, 9)]
    (school / "evidence/ht1.csv").write_text(
        "id,date,kind,subject,aspect,grade,by,moderator,moderator_grade,agreed_grade,classes\n"
        "ht1-01,2026-10-01,books,history,outcomes.work,good,jo-okafor,asha-rowe,requires-improvement,,1A\n" + "\n".join(rows) + "\n")
    (folder / "history.csv").write_text("task,date,period\nscheduling,2027-01-07,am1\n")
    (folder / "books.csv").write_text(
        "kind,by,aspect,date,subject,grade\nbooks,asha-rowe,work,2026-12-08,history,good\nrecords,asha-rowe,work,2026-10-08,history,good\n")
    (folder / "marks.csv").write_text("Pupil,Class,Year,Reading\nAda Byron,1A,1,EXS\nGrace Hopper,1A,1,GDS\n")
    (folder / "more.csv").write_text("Pupil,Class,Year,Reading\nAlan Turing,1A,1,EXS\n")
    (folder / "events.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270304\r\nSUMMARY:World Book Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    do("-w", "ks1", "schedule", "--half-term", "3", "--save")


def files(folder, records):
    """The files of records, or of outputs, with their bytes; without locks, drafts and the journal."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and "/.phase-" not in "/" + name and (not name.startswith("out/")) == records:
            found[name] = path.read_bytes().replace(str(folder).encode(), b"HERE")
    return found


def leftovers(folder):
    return [path.relative_to(folder).as_posix() for path in folder.rglob(".phase-*") if path.name != ".phase-lock"]


def case(program, name, base):
    words, wrong, tries = CASES[name], [], 0
    def fresh():
        folder = pathlib.Path(tempfile.mkdtemp(dir=base.parent))
        shutil.copytree(base, folder, dirs_exist_ok=True)
        return folder
    folder = fresh()
    old, old_out = files(folder, True), files(folder, False)
    trace = folder.parent / f"{folder.name}.trace"
    done = run(program, words, folder, "strace", "-f", "-qq", "-e", "trace=" + ",".join(CALLS), "-o", str(trace))
    usual = done.returncode
    assert usual in (0, 3), (name, done.returncode, done.stderr)
    new, new_out = files(folder, True), files(folder, False)
    assert (old, old_out) != (new, new_out), (name, "changes nothing")
    text = trace.read_text(errors="replace")
    shutil.rmtree(folder)
    for call in CALLS:
        for number in range(1, len(re.findall(rf"^\d+ +{call}\(", text, re.M)) + 1):
            for fault in FAULTS:
                folder, tries = fresh(), tries + 1
                at = f"{name}: {call} {number} {fault}"
                done = run(program, words, folder, "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:{fault}:when={number}")
                left, left_out = files(folder, True), files(folder, False)
                killed = "KILL" in fault
                for now, was, will in ((left, old, new), (left_out, old_out, new_out)):
                    for file in now:
                        if now[file] not in (was.get(file), will.get(file)):
                            wrong.append(f"{at}: {file} is half written")
                if done.returncode not in (0, 1, 2, 3) and not killed:
                    wrong.append(f"{at}: exit {done.returncode}: {done.stderr[:200]}")
                if done.returncode == usual and not killed and (left != new or left_out != new_out):
                    wrong.append(f"{at}: success was claimed")
                if not killed and done.returncode != usual:
                    # What an answer says of files that were given to it is not about the disk.
                    said = done.stderr
                    if left != old and IS_NOT.search(said) and not IS.search(said):
                        wrong.append(f"{at}: says that nothing was written: {said[:300]}")
                    if left == new and left != old and not IS.search(said):
                        wrong.append(f"{at}: does not say that it was written: {said[:300]}")
                    if left == old and left_out == old_out and IS.search(said):
                        wrong.append(f"{at}: says that it was written: {said[:300]}")
                following = run(program, NEXT.get(name, LOG), folder)
                # An answer that was written before a fault is there already, and that is all.
                if following.returncode not in (0, 2, 3):
                    wrong.append(f"{at}: the next command: {following.stderr[:200]}")
                if leftovers(folder):
                    wrong.append(f"{at}: left over after the next command: {leftovers(folder)}")
                changed = {file for file in new if new[file] != old.get(file)}
                # The log is added to by the next command, and so is the key.
                settled = changed - {"ks1/log.csv", "key.csv", "ks1/pupils.csv", "ks1/assessments.csv", "ks1/import.toml"} if name in ("import-marks", "log", "issue", "notify") else changed
                now = files(folder, True)
                states = {("new" if now.get(file) == new.get(file) else "old") for file in settled}
                if name not in ("init", "init-workbook", "convert", "new-year", "init-there") and len(states) > 1:
                    wrong.append(f"{at}: partly changed after the next command: {[file for file in settled if now.get(file) != new.get(file)]}")
                shutil.rmtree(folder)
    return name, tries, wrong


def main():
    words = sys.argv[1:]
    only = words[words.index("--only") + 1].split(",") if "--only" in words else list(CASES)
    programs = [word for word in words if not word.startswith("--") and word not in ",".join(only)]
    program = os.path.realpath(programs[0] if programs else "target/release/phase")
    work = pathlib.Path(tempfile.mkdtemp())
    failed = total = 0
    try:
        base = work / "base"
        base.mkdir()
        start(program, base)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for name, tries, wrong in pool.map(lambda name: case(program, name, base), only):
                total, failed = total + tries, failed + len(wrong)
                print(f"{name}: {tries} faults, {len(wrong)} wrong", *wrong[:20], sep="\n  ", flush=True)
    finally:
        shutil.rmtree(work)
    print(f"{total} faults, {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
