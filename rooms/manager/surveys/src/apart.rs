//! Answers counted by segment, beside the count of all: a link may be for people of one segment, and whoever answers by it
//! counts there as well. Nobody can be told from it: a segment is told of from so many answers on, and never where those of
//! all others, who then follow by subtraction, would be fewer.

use crate::{
    evaluating::{Told, told_of},
    model::*,
};
use customers::Segment;
use kernel::{Id, Look, Noun, Result, list};

/// From so many answers on a segment is told of.
pub const FEWEST_APART: i64 = 5;
/// So many segments a survey counts apart; each answer writes all sums.
pub const MOST_SEGMENTS: usize = 6;

/// The number under which an answer about an item is counted for a segment, by its place among the survey's; items have
/// `questions` numbers of their own, for everybody.
pub(crate) fn question(questions: i64, segment: usize, place: i64) -> i64 {
    (segment as i64 + 1) * questions + place
}

/// How many numbers of their own the items of a survey have.
pub(crate) fn questions(items: &[Item]) -> i64 {
    items.iter().map(|item| item.place + 1).max().unwrap_or(0)
}

/// Which segments are told of, from how many answered in each and in all.
pub(crate) fn told_apart(people: &[i64], all: i64) -> Vec<bool> {
    let mut told: Vec<bool> = people.iter().map(|people| *people >= FEWEST_APART).collect();
    loop {
        let shown = || told.iter().zip(people).enumerate().filter(|(_, (told, _))| **told).map(|(at, (_, people))| (at, *people));
        let rest = all - shown().map(|(_, people)| people).sum::<i64>();
        // Of those that are left nobody may be told from the others by subtraction.
        if rest <= 0 || rest >= FEWEST_APART {
            return told;
        }
        match shown().min_by_key(|(_, people)| *people) {
            Some((at, _)) => told[at] = false,
            None => return told,
        }
    }
}

/// What a closed survey counted apart: for each segment that is told of its cells about an item.
pub(crate) fn cells_apart(survey: &Survey, items: &[Item], item: &Item, sums: &[(i64, i64, i64)]) -> Vec<Vec<i64>> {
    let (all, questions) = (sums_of(sums, 0), questions(items));
    let people: Vec<i64> = (0..survey.segments.len()).map(|at| sums_of(sums, question(questions, at, 0))).collect();
    let told = told_apart(&people, all);
    let cells = |at: usize| {
        let mut cells = vec![0; CELLS as usize];
        for (_, answer, given) in sums.iter().filter(|(number, ..)| *number == question(questions, at, item.place)) {
            cells.get_mut((answer - 1) as usize).into_iter().for_each(|cell| *cell = *given);
        }
        cells
    };
    told.iter().enumerate().map(|(at, told)| if *told { cells(at) } else { vec![] }).collect()
}

fn sums_of(sums: &[(i64, i64, i64)], number: i64) -> i64 {
    sums.iter().filter(|(question, ..)| *question == number).map(|(.., given)| given).sum()
}

/// What one segment says.
pub(crate) struct OfSegment {
    pub name: String,
    pub people: i64,
    /// For each item in the survey's order.
    pub told: Vec<Told>,
}

/// What each segment says that is told of and that the reader sees, the one with most answers first.
pub(crate) fn by_segment(look: &mut Look, survey: &Survey, items: &[Item]) -> Result<Vec<OfSegment>> {
    let wanted = survey.segments.iter().map(|id| id.0);
    if survey.segments.is_empty() {
        return Ok(vec![]);
    }
    let known = Segment::all(look, "and id in each($2)", &[list(wanted)])?;
    let of = |(at, id): (usize, &Id<Segment>)| {
        let segment = known.iter().find(|segment| segment.id() == *id)?;
        let apart: Vec<&Vec<i64>> = items.iter().filter_map(|item| item.apart.get(at)).filter(|cells| !cells.is_empty()).collect();
        if apart.len() < items.len() || items.is_empty() {
            return None;
        }
        let told = items.iter().zip(&apart).map(|(item, cells)| told_of(item.clone(), cells)).collect();
        Some(OfSegment { name: segment.name.clone(), people: apart.first().map_or(0, |cells| cells.iter().sum()), told })
    };
    let mut all: Vec<OfSegment> = survey.segments.iter().enumerate().filter_map(of).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.people));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_told_of_where_nobody_can_be_told_from_it() {
        assert_eq!(told_apart(&[8, 7], 15), [true, true], "all answered by a link for a segment");
        assert_eq!(told_apart(&[8, 4], 12), [false, false], "the four would follow from all without the eight");
        assert_eq!(told_apart(&[8, 4], 20), [true, false], "beside the four there are eight more");
        assert_eq!(told_apart(&[9, 6], 17), [true, false], "two that belong to none would follow; with the six they are eight");
        assert_eq!(told_apart(&[5], 5), [true]);
        assert_eq!(told_apart(&[4], 4), [false]);
        assert_eq!(told_apart(&[], 9), Vec::<bool>::new());
    }

    #[test]
    fn numbers_of_segments_follow_those_of_everybody() {
        assert_eq!([question(3, 0, 0), question(3, 0, 2), question(3, 1, 0)], [3, 5, 6]);
    }
}
