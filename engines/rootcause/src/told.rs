//! A report in words.

use crate::{
    chance::UNLIKELY,
    report::{Cause, Report, Verdict},
    split::{Part, Split},
    table::Measure,
};

/// Slices that are named where none is beyond chance.
const GUESSES: usize = 3;

impl Cause {
    /// The cause in a sentence.
    pub fn sentence(&self) -> String {
        let times = if self.expected > 0.0 && self.now > 0.0 { format!(" ({} times)", short(self.now / self.expected)) } else { String::new() };
        let share = self.share.map_or(String::new(), |share| format!(", {:.0} % of the change", share * 100.0));
        format!("{}: {} instead of the expected {}{times}{}{share}.", self.slice, short(self.now), short(self.expected), by(self.expected, self.now))
    }
}

impl Report {
    /// What became of the whole: “orders fell: 1330 instead of 2050, 720 fewer.”
    pub fn headline(&self, measure: &Measure) -> String {
        let name = match measure {
            Measure::Count => "The number of rows".into(),
            Measure::Sum(name) => name.clone(),
            Measure::Ratio(amount, base) => format!("{amount}/{base}"),
        };
        let (before, after) = self.whole;
        let told = |value: f64| if self.bases.is_some() { self.rate(value) } else { short(value) };
        let all = match self.bases {
            Some((b, a)) if [b.0, b.1, a.0, a.1].iter().all(|v| v.fract() == 0.0) => {
                format!(" ({} of {}; before {} of {})", short(a.0), short(a.1), short(b.0), short(b.1))
            }
            _ => String::new(),
        };
        let by = if self.bases.is_some() { String::new() } else { by(before, after) };
        match told(after) == told(before) {
            true => format!("{name} did not change on the whole: {}, before {}{all}.", told(after), told(before)),
            false => format!("{name} {}: {} instead of {}{by}{all}.", if after > before { "rose" } else { "fell" }, told(after), told(before)),
        }
    }

    /// What the scan makes of it.
    pub fn verdict(&self) -> String {
        let power = self.ranked.iter().take(self.together).map(|c| c.power).sum::<f64>();
        let explains = match power {
            p if p >= 0.95 => "One slice explains it",
            p if p >= 0.5 => "One slice explains most of it",
            _ => "One slice stands out",
        };
        match (self.verdict, &self.mix) {
            (Verdict::Mix, Some((dimension, split))) => self.mixed(dimension, split),
            (Verdict::Nothing | Verdict::Mix, _) => "Nothing stands out against the usual noise.".into(),
            (Verdict::One, _) => format!("{explains}."),
            (Verdict::Several, _) => "Several values explain it together.".into(),
            (Verdict::NoSingle, _) => "There is no single cause: no slice explains most of it and leaves the rest as it was.".into(),
            (Verdict::TooFew, _) => {
                let best = self.ranked.first().map_or(String::new(), |c| c.slice.to_string());
                if self.chance >= 0.5 {
                    return format!("{explains}, {best}, but there is nothing beside it to tell what is usual.");
                }
                let often = match (1.0 / self.chance).round() {
                    n if n < 3.0 => "every second such table".into(),
                    n => format!("one such table in {n:.0}"),
                };
                format!("{explains}, {best}, but there are too few rows to tell it from chance: {often} would show as much by chance alone.")
            }
            (Verdict::Against, _) => {
                let sum: f64 = self.apart.iter().map(Cause::change).sum();
                let most = self.apart.iter().map(|c| c.change().abs()).fold(0.0, f64::max);
                let how = if sum.abs() < most / 10.0 { "cancel each other out" } else { "go against each other" };
                match self.apart.len() {
                    0 | 1 => "One slice went against all the rest:".into(),
                    2 => format!("Two changes {how}:"),
                    _ => format!("Changes {how}:"),
                }
            }
        }
    }

    /// Why a rate moved, when its parts' shares did.
    fn mixed(&self, dimension: &str, split: &Split) -> String {
        let signed = |value: f64| format!("{}{}", if value < 0.0 { "−" } else { "+" }, self.points(value.abs()));
        let (mix, rate) = (signed(split.mix()), signed(split.rate()));
        let went = |test: &dyn Fn(f64) -> bool| split.parts.iter().all(|p| test(p.rates.1 - p.rates.0));
        let rates = match () {
            () if went(&|d| d > 0.0) => format!("within every {dimension} the rate rose ({rate})"),
            () if went(&|d| d < 0.0) => format!("within every {dimension} the rate fell ({rate})"),
            () if went(&|d| d == 0.0) => format!("within every {dimension} the rate stayed"),
            () => format!("the rates within it brought {rate}"),
        };
        let paradox = if split.simpson.is_some() { " This is Simpson's paradox: compare like with like." } else { "" };
        match split.takes_back() {
            true => format!("Two changes cancel each other out: the mix of {dimension} brought {mix}, and {rates}."),
            false => format!("The mix of {dimension} explains it ({mix}), not the rates: {rates}.{paradox}"),
        }
    }

    /// The slices and parts behind the verdict, a line each.
    pub fn causes(&self, measure: &Measure, most: usize) -> Vec<String> {
        let mut lines = vec![];
        if let (Verdict::Mix, Some((_, split))) = (self.verdict, &self.mix) {
            lines.extend(self.parts(split, measure).into_iter().take(most));
            if self.chance >= UNLIKELY || self.ranked.is_empty() {
                return lines;
            }
        }
        if self.bases.is_some() && !self.ranked.is_empty() {
            let amount = if let Measure::Ratio(amount, _) = measure { amount.as_str() } else { "" };
            lines.push(format!("At their own past rates the parts would have {} {amount}; they have {}:", short(self.expected), short(self.now)));
        }
        let told = if self.verdict == Verdict::Against { &self.apart } else { &self.ranked };
        // Beside a cause, what chance alone may have moved is not worth a line; where there is none, little is.
        let clear = self.chance < UNLIKELY;
        let worth = |(at, cause): &(usize, &Cause)| *at < self.together.max(1) || (if clear { cause.chance < UNLIKELY } else { *at < GUESSES });
        for (at, cause) in told.iter().enumerate().filter(worth).take(most.max(self.together)) {
            let with = if self.verdict == Verdict::Several && at < self.together { " (one of those together)" } else { "" };
            lines.push(format!("{:>3}. {}{with}", at + 1, cause.sentence()));
        }
        if self.verdict == Verdict::Against || (self.apart.len() == 1 && self.ranked.first().is_some_and(|c| c.power > 1.005)) {
            if let Some((now, expected)) = self.rest().filter(|(now, expected)| short(*now) != short(*expected)) {
                lines.push(format!("     All the rest: {} instead of the expected {}{}.", short(now), short(expected), by(expected, now)));
            }
        } else if self.apart.len() > 1 {
            lines.push("One after another, each with the ones before taken as given:".into());
            lines.extend(self.apart.iter().map(|cause| format!("   - {}", cause.sentence())));
        }
        lines
    }

    /// How the shares of the parts moved, the largest gain first.
    fn parts(&self, split: &Split, measure: &Measure) -> Vec<String> {
        let base = if let Measure::Ratio(_, base) = measure { base.as_str() } else { "all" };
        let mut parts: Vec<&Part> = split.parts.iter().collect();
        parts.sort_by(|a, b| (b.shares.1 - b.shares.0).total_cmp(&(a.shares.1 - a.shares.0)));
        let line = |p: &&Part| {
            let was = if p.rates.0 == p.rates.1 { String::new() } else { format!(" instead of {}", self.rate(p.rates.0)) };
            let (before, now) = (percent(p.shares.0), percent(p.shares.1));
            format!("   - {}: {now} of {base} instead of {before}, its own rate {}{was}.", p.value, self.rate(p.rates.1))
        };
        parts.iter().map(line).collect()
    }

    /// A rate: in percent where it is a share of its base.
    fn rate(&self, value: f64) -> String {
        if self.is_share() { percent(value) } else { short(value) }
    }

    fn points(&self, value: f64) -> String {
        if self.is_share() { format!("{} points", short(value * 100.0)) } else { short(value) }
    }

    fn is_share(&self) -> bool {
        self.bases.is_some_and(|(b, a)| b.0 <= b.1 && a.0 <= a.1)
    }
}

/// “, 720 fewer”, “, 30.5 more”; nothing where nothing changed.
fn by(before: f64, after: f64) -> String {
    let change = after - before;
    let whole = before.fract() == 0.0 && after.fract() == 0.0;
    match (change > 0.0, whole) {
        _ if change == 0.0 => String::new(),
        (true, _) => format!(", {} more", short(change)),
        (false, true) => format!(", {} fewer", short(-change)),
        (false, false) => format!(", {} less", short(-change)),
    }
}

fn percent(share: f64) -> String {
    let value = share * 100.0;
    match value {
        v if v == 0.0 || v >= 99.95 => format!("{v:.0} %"),
        v if v >= 10.0 => format!("{v:.1} %"),
        v if v >= 0.01 => format!("{v:.2} %"),
        v => format!("{v:.1e} %"),
    }
}

/// A number in three figures, whole ones whole.
fn short(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        v if !(0.01..1e7).contains(&v) => format!("{value:.2e}"),
        v if v >= 99.95 || value.fract() == 0.0 => format!("{value:.0}"),
        v if v >= 9.995 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
