#!/usr/bin/env python3
"""Lays out a workspace with so many rows of results: benches/assessments.py ROWS FOLDER [PUPILS].

The set-up is that of the two-form example; codes, groups and results are seeded. Without PUPILS there are as many
pupils as give each 24 results: five subjects at the baseline and three data points, and attendance."""
import os
import random
import shutil
import sys

rows, out = int(sys.argv[1]), sys.argv[2]
pupils = int(sys.argv[3]) if len(sys.argv) > 3 else max(20, rows // 24)
example = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../examples/two-form-primary")
shutil.rmtree(out, ignore_errors=True)
shutil.copytree(example, out)
phase = os.path.join(out, "phase.toml")
text = open(phase).read().replace('previous = "../two-form-primary-2025-26"\n', "")
open(phase, "w").write(text)
dice = random.Random(7)
classes = {"1A": 1, "1B": 1, "2A": 2, "2B": 2}
codes = [f"P{number}" for number in range(1, pupils + 1)]
with open(os.path.join(out, "pupils.csv"), "w") as file:
    file.write("pupil,class,year_group,sex,disadvantaged,send,eal,birth_term,prior_attainment\n")
    for code in codes:
        room = dice.choice(list(classes))
        file.write(
            f"{code},{room},{classes[room]},{dice.choice('FM')},{dice.choice(['yes', 'no', 'no', 'no'])},"
            f"{dice.choice('NNNNNNKKE')},{dice.choice(['yes', 'no', 'no'])},"
            f"{dice.choice(['autumn', 'spring', 'summer'])},{dice.choice(['low', 'middle', 'high'])}\n"
        )
subjects = ["reading", "writing", "maths", "gps", "science"]
points = ["baseline", "autumn", "spring", "summer"]
wanted = [(subject, point) for point in points for subject in subjects]
wanted += [("attendance", point) for point in points]
with open(os.path.join(out, "assessments.csv"), "w") as file:
    file.write("pupil,subject,point,result,scale\n")
    written = 0
    for subject, point in wanted:
        for code in codes:
            if written == rows:
                break
            if subject == "attendance":
                file.write(f"{code},{subject},{point},{dice.randrange(860, 1000) / 10},mark\n")
            else:
                result = dice.choices(["WTS", "EXS", "GDS", "PK4"], [6, 12, 4, 1])[0]
                file.write(f"{code},{subject},{point},{result},ladder\n")
            written += 1
