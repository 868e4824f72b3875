#!/usr/bin/env python3
"""Lays out a workspace with so many rows of evidence: benches/evidence.py ROWS FOLDER.

The set-up is that of the two-form example; the rows are seeded, in the order of their days."""
import datetime
import os
import random
import shutil
import sys

rows, out = int(sys.argv[1]), sys.argv[2]
example = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../examples/two-form-primary")
shutil.rmtree(out, ignore_errors=True)
shutil.copytree(example, out)
for name in ["judgements.csv", "actions.csv", "log.csv"]:
    os.remove(os.path.join(out, name))
phase = os.path.join(out, "phase.toml")
text = open(phase).read().replace('previous = "../two-form-primary-2025-26"\n', "")
open(phase, "w").write(text)
dice = random.Random(5)
spans = {
    1: ("2026-09-03", "2026-10-21"),
    2: ("2026-11-02", "2026-12-18"),
    3: ("2027-01-05", "2027-02-12"),
    4: ("2027-02-22", "2027-03-25"),
    5: ("2027-04-12", "2027-05-28"),
    6: ("2027-06-07", "2027-07-21"),
}
aspects = [
    "outcomes.attainment", "outcomes.progress", "outcomes.gaps", "outcomes.work",
    "provision.curriculum", "provision.teaching", "provision.assessment", "provision.adaptation",
]
subjects = "english maths science pe re history geography art dt music computing pshe french".split()
kinds = ["books", "records", "conversation", "data"]
grades = ["inadequate", "requires-improvement", "good", "outstanding"]
classes = ["1A", "1B", "2A", "2B", "3A", "4B"]
staff = ["hale", "nandakumar", "ashdown", "okafor", "lindqvist", "pemberton"]
notes = [
    "Work builds on what was learned before", "Explanations are clear", "Pupils recall the last unit",
    "Corrections followed up the next day", "",
]
head = "id,date,kind,subject,aspect,grade,classes,year_group,by,sample,moderator,moderator_grade,agreed_grade,"
head += "jointly,rests_on,strength,concern,next_step\n"
for number, (first, last) in spans.items():
    first, last = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    count = rows // 6
    days = sorted(first + datetime.timedelta(days=dice.randrange((last - first).days + 1)) for _ in range(count))
    with open(os.path.join(out, f"evidence/ht{number}.csv"), "w") as file:
        file.write(head)
        for index, day in enumerate(days):
            by, moderator = dice.sample(staff, 2)
            grade = dice.choices(grades, [1, 4, 10, 3])[0]
            joint = dice.random() < 0.3
            view = dice.choice(grades) if joint else ""
            file.write(
                f"ht{number}-{index},{day},{dice.choice(kinds)},{dice.choice(subjects)},{dice.choice(aspects)},{grade},"
                f"{dice.choice(classes)},,{by},,{moderator if joint else ''},{view},{grade if view else ''},"
                f"{'yes' if joint else ''},,{dice.choice(notes)},{dice.choice(notes)},\n"
            )
