//! One run of figures in a plot.

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Line,
    /// A line that stays until it changes: a scope.
    Steps,
    Area,
    Bar,
}

/// Which of the few colours it has. Neither of the two hues is among them: those mean the Manager and the Owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What the chart is about.
    Main,
    Second,
    Third,
    Fourth,
    Fifth,
    /// What it is held against.
    Quiet,
}

impl Tone {
    const ALL: [Tone; 5] = [Tone::Main, Tone::Second, Tone::Third, Tone::Fourth, Tone::Fifth];

    /// The tone of the nth of several.
    pub(crate) fn nth(n: usize) -> Tone {
        Tone::ALL[n % Tone::ALL.len()]
    }

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Tone::Main => "c1",
            Tone::Second => "c2",
            Tone::Third => "c3",
            Tone::Fourth => "c4",
            Tone::Fifth => "c5",
            Tone::Quiet => "c0",
        }
    }
}

/// One run of figures: a name, and a value for each place across; none where nothing is known.
#[derive(Clone, Debug)]
pub struct Series {
    pub(crate) name: String,
    pub(crate) values: Vec<Option<f64>>,
    pub(crate) mark: Mark,
    /// Its own, or the next one that is free.
    pub(crate) tone: Option<Tone>,
    /// One for each place, where the places differ.
    pub(crate) tones: Vec<Tone>,
    pub(crate) dashed: bool,
}

impl Series {
    fn new(name: impl Into<String>, values: &[f64], mark: Mark) -> Series {
        Series::with_gaps(name, values.iter().map(|v| v.is_finite().then_some(*v)).collect(), mark)
    }

    fn with_gaps(name: impl Into<String>, values: Vec<Option<f64>>, mark: Mark) -> Series {
        Series { name: name.into(), values, mark, tone: None, tones: vec![], dashed: false }
    }

    /// A line from place to place; a value that is no number is a gap.
    pub fn line(name: impl Into<String>, values: &[f64]) -> Series {
        Series::new(name, values, Mark::Line)
    }

    /// A line that stays until it changes.
    pub fn steps(name: impl Into<String>, values: &[f64]) -> Series {
        Series::new(name, values, Mark::Steps)
    }

    pub fn area(name: impl Into<String>, values: &[f64]) -> Series {
        Series::new(name, values, Mark::Area)
    }

    pub fn bars(name: impl Into<String>, values: &[f64]) -> Series {
        Series::new(name, values, Mark::Bar)
    }

    pub fn tone(mut self, tone: Tone) -> Series {
        self.tone = Some(tone);
        self
    }

    /// Each place with a tone of its own.
    pub fn tones(mut self, tones: Vec<Tone>) -> Series {
        self.tones = tones;
        self
    }

    /// What others are held against.
    pub fn quiet(self) -> Series {
        self.tone(Tone::Quiet)
    }

    /// What did not happen but was meant to.
    pub fn dashed(mut self) -> Series {
        self.dashed = true;
        self
    }
}
