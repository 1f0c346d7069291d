//! What can be judged only when everything was seen: circles of references, repeated names.

use indexmap::IndexMap;

use super::{MAX_REF_STEPS, MAX_SHOWN_STEPS, NodeKey, Step, Walk};
use crate::ingest::grammar::Role;
use crate::ingest::lookup::clip;
use crate::ingest::rules;
use crate::syntax::rules::LIMIT_EXCEEDED;

impl Walk {
    /// Circles and long rows of references that stand for one another.
    pub(super) fn judge_steps(&mut self) {
        const UNKNOWN: usize = usize::MAX;
        let steps = std::mem::take(&mut self.steps);
        // How many references follow one another from here on.
        let mut length = vec![UNKNOWN; steps.len()];
        let mut row = Vec::new();
        let mut on_row = vec![false; steps.len()];
        for start in 0..steps.len() {
            let mut at = Some(start);
            let mut base = 0;
            while let Some(step) = at {
                if length[step] != UNKNOWN {
                    base = length[step];
                    break;
                }
                if on_row[step] {
                    let begins = row.iter().position(|on| *on == step).unwrap_or(0);
                    self.circle(&steps, &row[begins..]);
                    break;
                }
                on_row[step] = true;
                row.push(step);
                at = steps.get_index_of(&steps[step].to);
            }
            for step in row.drain(..).rev() {
                on_row[step] = false;
                base += 1;
                length[step] = base;
                if base == MAX_REF_STEPS {
                    let headline =
                        format!("more than {MAX_REF_STEPS} references follow one another");
                    let at = steps[step].at;
                    if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
                        draft
                            .at(at, "this one goes past the limit")
                            .help("refer to the thing itself");
                    }
                }
            }
        }
    }

    pub(super) fn circle(&mut self, steps: &IndexMap<NodeKey, Step>, row: &[usize]) {
        // A circle has no beginning; the first place in reading order makes the message stable.
        let first = row
            .iter()
            .enumerate()
            .min_by_key(|(_, step)| steps[**step].at)
            .map_or(0, |(at, _)| at);
        let members: Vec<&Step> = row[first..]
            .iter()
            .chain(&row[..first])
            .map(|step| &steps[*step])
            .collect();
        let [head, others @ ..] = &members[..] else {
            return;
        };
        self.circled.extend(members.iter().map(|step| step.at));
        let headline = if others.is_empty() {
            format!("`{}` refers to itself", clip(&head.text))
        } else {
            format!(
                "{} references lead in a circle and reach no thing",
                members.len()
            )
        };
        let Some(mut draft) = self.report(&rules::REF_CYCLE, headline) else {
            return;
        };
        draft = draft.at(head.at, "begins here");
        for step in others.iter().take(MAX_SHOWN_STEPS) {
            draft = draft.also(step.at, "leads on");
        }
        let mut names: Vec<String> = members
            .iter()
            .take(MAX_SHOWN_STEPS)
            .map(|step| format!("`{}`", clip(&step.text)))
            .collect();
        names.push(if members.len() > MAX_SHOWN_STEPS {
            "...".to_owned()
        } else {
            format!("`{}`", clip(&head.text))
        });
        draft
            .note(format_args!("the circle: {}", names.join(" -> ")))
            .help("replace one of them by the thing that is meant");
    }

    pub(super) fn judge_operation_ids(&mut self) {
        let mut ids = std::mem::take(&mut self.operation_ids);
        ids.sort();
        for pair in ids.windows(2) {
            let [(id, first), (other, second)] = pair else {
                continue;
            };
            if id == other {
                let headline = format!("two operations are named `{}`", clip(id));
                let rule = match self.may_dangle {
                    true => self.invalid(Role::Operation),
                    false => &rules::DUPLICATE_OPERATION_ID,
                };
                if let Some(draft) = self.report(rule, headline) {
                    draft
                        .at(*second, "again here")
                        .also(*first, "first here")
                        .help("give one of them another `operationId`");
                }
            }
        }
    }
}
