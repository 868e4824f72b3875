//! Every schedule of a small school, tried one after the other.

use crate::generator::Spec;

use super::checker::broken;
use super::{Placed, Time, card, open, slots, there};

/// The most sessions that any schedule of a small school places: by trying all of them.
pub fn most(spec: &Spec) -> usize {
    fn go(spec: &Spec, times: &[Time], left: &mut [usize; 5], sessions: &mut Vec<Placed>, best: &mut usize) {
        if sessions.len() + times.len().min(left.iter().sum()) <= *best {
            return;
        }
        let Some((time, rest)) = times.split_first() else {
            if broken(spec, sessions).is_none() {
                *best = sessions.len();
            }
            return;
        };
        let (week, day, period) = *time;
        for task in [5, 4, 1, 2, 3] {
            if left[task - 1] == 0 {
                continue;
            }
            let mut options: Vec<(Option<usize>, Option<usize>, Option<usize>)> = Vec::new();
            if task > 3 {
                options.push((None, None, None));
            } else {
                for subject in 0..spec.shape.subjects {
                    let classes: Vec<Option<usize>> = if task == 3 {
                        (0..spec.shape.phase_classes).map(Some).collect()
                    } else {
                        vec![None]
                    };
                    options.extend(classes.iter().map(|class| (Some(subject), *class, None)));
                    for (index, used) in spec
                        .handed_in
                        .iter()
                        .enumerate()
                        .filter(|(_, used)| used.subject == subject && used.task == task)
                    {
                        // A handed-in session about another phase's classes only is not joined.
                        if used.class.is_none_or(|class| class < spec.shape.phase_classes) {
                            options.push((Some(subject), used.class, Some(index)));
                        }
                    }
                }
            }
            for (subject, class, uses) in options {
                sessions.push(Placed { task, week, day, period, subject, class, uses });
                left[task - 1] -= 1;
                go(spec, rest, left, sessions, best);
                left[task - 1] += 1;
                sessions.pop();
            }
        }
        go(spec, rest, left, sessions, best);
    }
    let times: Vec<Time> = slots(spec)
        .into_iter()
        .filter(|time| open(spec, *time) && there(spec, spec.phase_leader, *time))
        .collect();
    let mut best = 0;
    go(spec, &times, &mut card(spec), &mut Vec::new(), &mut best);
    best
}
