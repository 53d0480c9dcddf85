//! What a closed survey says of each feature: its category, how much it would please, and how much its lack would displease.

use crate::{apart, building::items, model::*};
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Result, Serialize, query};
use roadmap::Feature;
use scoring::kano::{self, Category, Verdict};
use web::{
    chart::{Chart, Measured, Plane, Region, Tone},
    telling::percent,
};

/// One feature with what people said of it.
pub(crate) struct Told {
    pub item: Item,
    /// Nothing where every answer was reverse or contradicted itself.
    pub verdict: Option<Verdict>,
    pub counts: [usize; 6],
}

impl Told {
    /// What most people say.
    pub(crate) fn category(&self) -> Category {
        match &self.verdict {
            Some(verdict) => verdict.category,
            // Where nobody would be pleased or miss it, most would rather be without it, or contradict themselves.
            None if self.counts[Category::Reverse as usize] >= self.counts[Category::Questionable as usize] => Category::Reverse,
            None => Category::Questionable,
        }
    }
}

/// How many gave each category, in the order of [`Category`].
fn counts(cells: &[i64]) -> [usize; 6] {
    let mut counts = [0; 6];
    for (cell, given) in cells.iter().enumerate() {
        if let Some((with, without)) = pair(cell) {
            counts[kano::category(with, without) as usize] += usize::try_from(*given).unwrap_or(0);
        }
    }
    counts
}

/// What a survey says, in its own order; nothing before it is closed, and of too few.
pub(crate) fn told(look: &mut Look, survey: Id<Survey>) -> Result<Vec<Told>> {
    let told = |item: Item| {
        let cells = item.cells.0.clone();
        told_of(item, &cells)
    };
    Ok(items(look, survey)?.into_iter().filter(|item| !item.cells.is_empty()).map(told).collect())
}

/// What some answers say of an item.
pub(crate) fn told_of(item: Item, cells: &[i64]) -> Told {
    let counts = counts(cells);
    Told { verdict: kano::of_counts(counts).ok(), counts, item }
}

/// What a category is called, and what it means.
pub(crate) fn called(category: Category) -> (&'static str, &'static str) {
    match category {
        Category::MustBe => ("Must-be", "taken for granted, and badly missed"),
        Category::OneDimensional => ("One-dimensional", "the more of it, the better"),
        Category::Attractive => ("Attractive", "delights, and nobody misses it"),
        Category::Indifferent => ("Indifferent", "hardly anybody cares"),
        Category::Reverse => ("Reverse", "people would rather be without it"),
        Category::Questionable => ("Questionable", "the answers contradict each other"),
    }
}

/// How much features please against how much they are missed, each with where it truly lies.
pub(crate) fn chart(survey: &Survey, told: &[Told]) -> Chart {
    let placed = |told: &Told| {
        let verdict = told.verdict.as_ref()?;
        let (least, most) = verdict.worse_between;
        Some(Measured {
            across: -verdict.worse,
            up: verdict.better,
            across_between: Some((-most, -least)),
            up_between: Some(verdict.better_between),
            name: told.item.title.clone(),
        })
    };
    let region = |says: &str, tone, (x, y): (f64, f64)| Region {
        says: says.into(),
        tone,
        corners: vec![(x, y), (x + 0.5, y), (x + 0.5, y + 0.5), (x, y + 0.5)],
        at: (x, y + 0.5),
    };
    let plane =
        Plane::new(("How much its lack would displease", 0.0, 1.0), ("How much it would please", 0.0, 1.0), told.iter().filter_map(placed).collect())
            .region(region("Attractive", Tone::Second, (0.0, 0.5)))
            .region(region("One-dimensional", Tone::Main, (0.5, 0.5)))
            .region(region("Indifferent", Tone::Fourth, (0.0, 0.0)))
            .region(region("Must-be", Tone::Third, (0.5, 0.0)));
    let known: Vec<&Told> = told.iter().filter(|told| told.verdict.is_some()).collect();
    let most = known.iter().max_by(|a, b| worth(a).total_cmp(&worth(b)));
    let said = match most {
        Some(first) => format!(
            "{} answered. “{}” moves people most: with it {} would be pleased, without it {} would be displeased.",
            web::several(survey.people, "person").replace("persons", "people"),
            web::clipped(&first.item.title, 80),
            percent(first.verdict.as_ref().map_or(0.0, |v| v.better)),
            percent(first.verdict.as_ref().map_or(0.0, |v| -v.worse)),
        ),
        None => String::new(),
    };
    Chart::of("Better and worse", plane).told(said).taken_from(format!("surveys/plot?survey={}", survey.id()))
}

fn worth(told: &&&Told) -> f64 {
    told.verdict.as_ref().map_or(0.0, |verdict| verdict.better - verdict.worse)
}

/// What a survey says of one feature.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct FeatureResult {
    pub title: String,
    pub feature: Option<Id<Feature>>,
    /// `must-be`, `one-dimensional`, `attractive`, `indifferent`, `reverse`, `questionable`.
    pub category: String,
    /// It stands out from the next.
    pub is_clear: bool,
    /// How many gave each: must-be, one-dimensional, attractive, indifferent, reverse, questionable.
    pub counts: Vec<usize>,
    /// `(A + O) / (A + O + M + I)`, and between which it lies with 95 %.
    pub better: Option<f64>,
    pub better_from: Option<f64>,
    pub better_to: Option<f64>,
    /// `−(O + M) / (A + O + M + I)`.
    pub worse: Option<f64>,
    pub worse_from: Option<f64>,
    pub worse_to: Option<f64>,
    /// The same by segment, where links were for one and enough of it answered.
    pub segments: Vec<SegmentResult>,
}

/// What one segment says of a feature.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct SegmentResult {
    pub segment: String,
    /// How many of it answered: at least five.
    pub people: i64,
    pub category: String,
    pub better: Option<f64>,
    pub worse: Option<f64>,
}

/// What a closed survey says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Evaluation {
    pub title: String,
    pub state: SurveyState,
    /// How many have answered.
    pub people: i64,
    /// Empty before it is closed, and of fewer than three answers.
    pub features: Vec<FeatureResult>,
}

query! {
    /// What a closed survey says of each feature: its Kano category, and how much it pleases and is missed, with 95 % intervals.
    pub struct Evaluate in "survey.result" at "/products/{product}/surveys/{survey}/result" -> Evaluation {
        pub survey: Id<Survey>,
    }
}

impl Query for Evaluate {
    fn ask(self, look: &mut Look) -> Result<Evaluation> {
        let survey = Survey::get(look, self.survey)?;
        let features = told(look, self.survey)?;
        let items: Vec<Item> = features.iter().map(|told| told.item.clone()).collect();
        let apart = apart::by_segment(look, &survey, &items)?;
        let of = |one: &apart::OfSegment, at: usize| {
            let told = one.told.get(at)?;
            Some(SegmentResult {
                segment: one.name.clone(),
                people: one.people,
                category: called(told.category()).0.to_lowercase(),
                better: told.verdict.as_ref().map(|v| v.better),
                worse: told.verdict.as_ref().map(|v| v.worse),
            })
        };
        let one = |(at, told): (usize, Told)| {
            let v = told.verdict.as_ref();
            let category = told.category();
            FeatureResult {
                title: told.item.title.clone(),
                feature: told.item.feature,
                category: called(category).0.to_lowercase(),
                is_clear: v.is_some_and(|v| v.is_clear),
                counts: told.counts.to_vec(),
                better: v.map(|v| v.better),
                better_from: v.map(|v| v.better_between.0),
                better_to: v.map(|v| v.better_between.1),
                worse: v.map(|v| v.worse),
                worse_from: v.map(|v| v.worse_between.0),
                worse_to: v.map(|v| v.worse_between.1),
                segments: apart.iter().filter_map(|one| of(one, at)).collect(),
            }
        };
        Ok(Evaluation {
            title: survey.title,
            state: survey.state,
            people: survey.people,
            features: features.into_iter().enumerate().map(one).collect(),
        })
    }
}

/// How many have answered each of these, closed or not.
pub(crate) fn answers(look: &mut Look, surveys: &[Survey]) -> Result<Vec<i64>> {
    let product = look.scope.product_id()?;
    let so_far =
        kernel::counted::outside(look, "select survey.id from survey where survey.product = $1 and survey.state = 'open'", &[product.value()])?;
    Ok(surveys.iter().map(|s| if s.state == SurveyState::Open { so_far.get(&s.meta.id).copied().unwrap_or(0) } else { s.people }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_would_rather_be_without_is_reverse_and_not_questionable() {
        let item = |counts: [usize; 6]| Told {
            item: Item {
                meta: kernel::Meta { id: kernel::Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
                survey: Id::new(kernel::Uuid::nil()),
                feature: None,
                title: String::new(),
                body: String::new(),
                place: 0,
                cells: kernel::value::Packed(vec![]),
                apart: kernel::value::Packed(vec![]),
            },
            verdict: kano::of_counts(counts).ok(),
            counts,
        };
        assert_eq!(item([0, 0, 0, 0, 3, 0]).category(), Category::Reverse);
        assert_eq!(item([0, 0, 0, 0, 1, 3]).category(), Category::Questionable);
        assert_eq!(item([1, 0, 0, 0, 3, 0]).category(), Category::Reverse);
        assert_eq!(item([3, 0, 0, 0, 1, 0]).category(), Category::MustBe);
    }

    #[test]
    fn pairs_of_answers_come_to_categories() {
        let mut cells = vec![0; CELLS as usize];
        let cell = |with: Feeling, without: Feeling| (with.place() * 5 + without.place()) as usize;
        cells[cell(Feeling::Like, Feeling::Dislike)] = 3;
        cells[cell(Feeling::Expect, Feeling::Dislike)] = 2;
        cells[cell(Feeling::Like, Feeling::Like)] = 1;
        cells[cell(Feeling::Dislike, Feeling::Like)] = 4;
        assert_eq!(counts(&cells), [2, 3, 0, 0, 4, 1]);
        assert_eq!(counts(&[]), [0; 6]);
    }
}
