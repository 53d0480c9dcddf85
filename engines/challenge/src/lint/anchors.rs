//! The three answers and the author's marks for them.

use super::{Lint, unit};
use crate::{
    answer::{Answer, bullet, cut, fences, interval, items, percentage, rated, table},
    model::{compute, has_answer},
    read::{Anchor, Case, Own},
    text::{count_words, folded},
};

impl Lint<'_> {
    pub(super) fn anchors(&mut self) {
        let challenge = self.challenge;
        for anchor in &challenge.anchors {
            self.anchor(anchor);
            self.marks(anchor);
        }
        let lengths: Vec<usize> = challenge.anchors.iter().map(|anchor| count_words(&anchor.text)).collect();
        let (least, most) = (lengths.iter().min().copied().unwrap_or(0), lengths.iter().max().copied().unwrap_or(0));
        if most as f64 > 1.2 * least as f64 {
            let told: Vec<String> = challenge.anchors.iter().zip(&lengths).map(|(anchor, words)| format!("{} {words}", anchor.name)).collect();
            self.wrong("answers", 0, format!("The answers differ in length by more than 20 %: {} words.", told.join(", ")));
        }
    }

    fn anchor(&mut self, anchor: &Anchor) {
        let file = format!("answers/{}.md", anchor.name);
        let answer = Answer::read(self.challenge.kind, &anchor.text);
        for says in answer.faults() {
            self.wrong(&file, 0, says);
        }
        let fences_open = anchor.text.lines().filter(|line| line.trim_start().starts_with("```")).count() % 2 == 1;
        if fences_open {
            self.wrong(&file, 0, "A fenced block is not closed.");
        }
        for heading in self.challenge.kind.headings() {
            let may = *heading == "Second way" && anchor.name == "weak";
            if answer.part(heading).trim().is_empty() && !may {
                self.wrong(&file, 0, format!("There is nothing below “{heading}”."));
            }
        }
        match &self.challenge.own {
            Own::Guesstimate(own) => self.estimate(&file, anchor.name, &answer, &own.unit),
            Own::Design(_) => self.table(&file, &answer),
            Own::RootCause(case) => self.cuts(&file, &answer, case),
            Own::Strategy(_) | Own::Drill(_) => {}
        }
    }

    fn estimate(&mut self, file: &str, name: &str, answer: &Answer, asked: &str) {
        let blocks = fences(answer.part("Model"));
        let [block] = blocks.as_slice() else {
            self.wrong(file, 0, format!("“Model” has {} fenced blocks, not one.", blocks.len()));
            return;
        };
        let second = fences(answer.part("Second way"));
        for (heading, block) in [("Model", block)].into_iter().chain(second.iter().filter(|b| has_answer(b)).map(|b| ("Second way", b))) {
            self.facts(file, 0, block);
            if let Err(says) = compute(block, asked) {
                self.wrong(file, 0, format!("“{heading}” does not compute to {}: {says}", unit(asked)));
            }
        }
        if name == "strong" && !block.contains("--") {
            self.wrong(file, 0, "A strong model names its sources with “-- ”.");
        }
        if !answer.part("Assumptions").lines().any(|line| bullet(line).is_some()) {
            self.wrong(file, 0, "“Assumptions” is no list.");
        }
        if !interval(answer.part("Interval")).is_some_and(|(low, high)| low <= high) {
            self.wrong(file, 0, "“Interval” is not “low to high”.");
        }
    }

    fn table(&mut self, file: &str, answer: &Answer) {
        let rows = table(answer.part("Prioritisation"));
        if rows.len() < 2 {
            self.wrong(file, 0, "“Prioritisation” is no table of at least two solutions.");
        }
        for row in rows.iter().filter(|row| rated(row).is_none()) {
            self.wrong(file, 0, format!("“{}” is not solution, value 1–5, effort 1–5, confidence %.", row.join(" | ")));
        }
    }

    fn cuts(&mut self, file: &str, answer: &Answer, case: &Case) {
        let story = &case.story;
        let dimension = |name: &str| story.dimensions.iter().find(|d| d.name == name);
        let part = answer.part("Cuts");
        if !part.lines().any(|line| bullet(line).is_some()) {
            self.wrong(file, 0, "“Cuts” is no list.");
        }
        for item in items(part) {
            let Some(cut) = cut(&item) else {
                self.wrong(file, 0, format!("“{item}” is not “step by dimension where dimension = value”."));
                continue;
            };
            if story.steps.iter().all(|(name, _)| *name != cut.step) {
                self.wrong(file, 0, format!("No step is called “{}”.", cut.step));
            }
            if cut.by != "day" && dimension(&cut.by).is_none() {
                self.wrong(file, 0, format!("No dimension is called “{}”.", cut.by));
            }
            for (name, value) in &cut.only {
                let known = name == "day" || dimension(name).is_some_and(|d| d.values.iter().any(|(known, _)| known == value));
                if !known {
                    self.wrong(file, 0, format!("“{name} = {value}” is no value of the case."));
                }
            }
        }
        if percentage(answer.part("Confidence")).is_none() {
            self.wrong(file, 0, "“Confidence” is no percentage.");
        }
    }

    fn marks(&mut self, anchor: &Anchor) {
        const FILE: &str = "marks.toml";
        let challenge = self.challenge;
        let name = anchor.name;
        let text = folded(&anchor.text);
        for (row, mark) in &anchor.marks {
            if challenge.rubric.iter().all(|known| known.id != *row) {
                self.wrong(FILE, mark.line, format!("“{row}” is no row of the rubric ({name})."));
            }
            if !text.contains(&folded(&mark.quote)) {
                self.wrong(FILE, mark.line, format!("The quote of {name}.{row} does not stand in answers/{name}.md."));
            }
        }
        let (mut sum, mut weight) = (0.0, 0.0);
        for row in &challenge.rubric {
            match anchor.marks.iter().find(|(id, _)| *id == row.id) {
                Some((_, mark)) => {
                    sum += row.weight * f64::from(mark.level);
                    weight += row.weight;
                }
                None => self.wrong(FILE, 0, format!("The mark {name}.{} is missing.", row.id)),
            }
        }
        let mean: f64 = sum / weight;
        let (low, high) = match name {
            "weak" => (1.0, 2.2),
            "middling" => (2.6, 3.6),
            _ => (4.0, 5.0),
        };
        if weight > 0.0 && !(low - 1e-9..=high + 1e-9).contains(&mean) {
            self.wrong(FILE, 0, format!("The weighted mean of {name} is {mean:.2}; it should be {low} to {high}."));
        }
    }
}
