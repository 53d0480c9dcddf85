//! The cube: dimensions, cells, and a measure before and after.

use crate::{Wrong, wrong};
use rustc_hash::FxHashMap;

/// More dimensions than this cannot be looked through.
pub const MOST_DIMENSIONS: usize = 30;

/// A dimension with the values that occur in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    pub name: String,
    pub values: Vec<String>,
}

/// A measure of many cells. A cell is one value in every dimension. For a ratio the measure is `amount / base`;
/// for counts and sums every base is 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Cube {
    pub dimensions: Vec<Dimension>,
    /// For each dimension, each cell's value by its place.
    pub keys: Vec<Vec<u32>>,
    /// Before: amounts and bases, over all periods that count.
    pub before: Vec<(f64, f64)>,
    /// After: amounts and bases.
    pub after: Vec<(f64, f64)>,
    /// Whether the measure is a ratio of two.
    pub is_ratio: bool,
}

/// A part of a cube: some dimensions held at one value each. Empty: everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Slice(pub Vec<(String, String)>);

impl Slice {
    /// Whether the two hold a dimension at different values, and so have no cell in common.
    pub fn is_apart_from(&self, other: &Slice) -> bool {
        self.0.iter().any(|(d, v)| other.0.iter().any(|(o, w)| d == o && v != w))
    }
}

impl std::fmt::Display for Slice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.is_empty() {
            true => f.write_str("everything"),
            false => f.write_str(&self.0.iter().map(|(d, v)| format!("{d} = {v}")).collect::<Vec<_>>().join(" and ")),
        }
    }
}

/// Collects cells; the same cell may come many times and adds up.
#[derive(Clone, Debug)]
pub struct Cells {
    known: Vec<FxHashMap<String, u32>>,
    places: FxHashMap<Box<[u32]>, u32>,
    /// Room for the key of the cell at hand.
    key: Vec<u32>,
    cube: Cube,
}

impl Cells {
    /// Over dimensions of these names; a ratio, unless [`Cells::sum`] adds without bases.
    pub fn new<S: AsRef<str>>(names: &[S]) -> Cells {
        let dimensions = names.iter().map(|n| Dimension { name: n.as_ref().to_owned(), values: vec![] }).collect();
        Cells {
            known: vec![FxHashMap::default(); names.len()],
            cube: Cube { dimensions, keys: vec![vec![]; names.len()], before: vec![], after: vec![], is_ratio: false },
            places: FxHashMap::default(),
            key: vec![],
        }
    }

    /// Adds to a cell of a ratio: amount and base before, amount and base after.
    pub fn add<S: AsRef<str>>(&mut self, values: &[S], before: (f64, f64), after: (f64, f64)) {
        self.cube.is_ratio = true;
        let at = self.place(values);
        let (b, a) = (&mut self.cube.before[at], &mut self.cube.after[at]);
        (b.0, b.1, a.0, a.1) = (b.0 + before.0, b.1 + before.1, a.0 + after.0, a.1 + after.1);
    }

    /// Adds to a cell of a count or sum.
    pub fn sum<S: AsRef<str>>(&mut self, values: &[S], before: f64, after: f64) {
        let at = self.place(values);
        let (b, a) = (&mut self.cube.before[at], &mut self.cube.after[at]);
        (b.0, b.1, a.0, a.1) = (b.0 + before, 1.0, a.0 + after, 1.0);
    }

    fn place<S: AsRef<str>>(&mut self, values: &[S]) -> usize {
        self.place_of(values.iter().map(AsRef::as_ref))
    }

    fn place_of<'v>(&mut self, mut values: impl Iterator<Item = &'v str>) -> usize {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        for (dimension, known) in self.known.iter_mut().enumerate() {
            let value = values.next().unwrap_or("");
            let id = match known.get(value) {
                Some(id) => *id,
                None => {
                    let values = &mut self.cube.dimensions[dimension].values;
                    values.push(value.to_owned());
                    let id = values.len() as u32 - 1;
                    known.insert(value.to_owned(), id);
                    id
                }
            };
            key.push(id);
        }
        let at = match self.places.get(key.as_slice()) {
            Some(at) => *at,
            None => {
                let next = self.cube.before.len() as u32;
                self.places.insert(key.clone().into_boxed_slice(), next);
                self.cube.before.push((0.0, 0.0));
                self.cube.after.push((0.0, 0.0));
                self.cube.keys.iter_mut().zip(&key).for_each(|(column, id)| column.push(*id));
                next
            }
        };
        self.key = key;
        at as usize
    }

    /// The place of a cell, which is made if it is new.
    pub(crate) fn known<'v>(&mut self, values: impl Iterator<Item = &'v str>) -> u32 {
        self.place_of(values) as u32
    }

    /// Adds to a cell by its place.
    pub(crate) fn put(&mut self, cell: u32, after: bool, amount: f64, base: f64) {
        let cells = if after { &mut self.cube.after } else { &mut self.cube.before };
        let at = &mut cells[cell as usize];
        *at = plus(*at, (amount, base));
    }

    /// The cube, said to be of a ratio or of sums; cells that hold nothing are left out.
    pub(crate) fn finish(mut self, is_ratio: bool) -> Result<Cube, Wrong> {
        self.cube.is_ratio = is_ratio;
        let empty = |c: usize| self.cube.before[c] == (0.0, 0.0) && self.cube.after[c] == (0.0, 0.0);
        let kept: Vec<usize> = (0..self.cube.cells()).filter(|c| !empty(*c)).collect();
        for column in &mut self.cube.keys {
            *column = kept.iter().map(|c| column[*c]).collect();
        }
        let pick = |cells: &[(f64, f64)]| kept.iter().map(|c| if is_ratio { cells[*c] } else { (cells[*c].0, 1.0) }).collect();
        (self.cube.before, self.cube.after) = (pick(&self.cube.before), pick(&self.cube.after));
        self.cube()
    }

    /// The cube of what was added.
    ///
    /// # Errors
    /// No dimensions or too many, no cells, cells that are no numbers.
    pub fn cube(self) -> Result<Cube, Wrong> {
        let cube = self.cube;
        if cube.dimensions.is_empty() {
            return wrong("There is no dimension to look along; at least one column besides the measure is needed.");
        }
        if cube.dimensions.len() > MOST_DIMENSIONS {
            return wrong(format!("There are {} dimensions; {MOST_DIMENSIONS} at most can be looked through.", cube.dimensions.len()));
        }
        if cube.before.is_empty() {
            return wrong("There is no row to look at.");
        }
        let bad = |cells: &[(f64, f64)]| cells.iter().position(|(a, b)| !a.is_finite() || !b.is_finite());
        if let Some(cell) = bad(&cube.before).or(bad(&cube.after)) {
            return wrong(format!("The measure of {} is not a finite number.", cube.slice_of(cell)));
        }
        Ok(cube)
    }
}

impl Cube {
    pub fn cells(&self) -> usize {
        self.before.len()
    }

    /// The slice that is just one cell.
    pub fn slice_of(&self, cell: usize) -> Slice {
        let part = |(d, column): (&Dimension, &Vec<u32>)| (d.name.clone(), d.values[column[cell] as usize].clone());
        Slice(self.dimensions.iter().zip(&self.keys).map(part).collect())
    }

    /// The cells of a slice.
    ///
    /// # Errors
    /// A dimension or value that is not there.
    pub fn within(&self, slice: &Slice) -> Result<Vec<usize>, Wrong> {
        let mut wanted = vec![];
        for (name, value) in &slice.0 {
            let Some(d) = self.dimensions.iter().position(|d| d.name == *name) else { return wrong(format!("There is no dimension “{name}”.")) };
            let Some(v) = self.dimensions[d].values.iter().position(|v| v == value) else {
                return wrong(format!("“{value}” does not occur in {name}."));
            };
            wanted.push((d, v as u32));
        }
        Ok((0..self.cells()).filter(|cell| wanted.iter().all(|(d, v)| self.keys[*d][*cell] == *v)).collect())
    }

    /// A smaller cube: only the cells of a slice.
    ///
    /// # Errors
    /// As [`Cube::within`], and a slice without cells.
    pub fn drill(&self, slice: &Slice) -> Result<Cube, Wrong> {
        let cells = self.within(slice)?;
        if cells.is_empty() {
            return wrong(format!("Nothing is in {slice}."));
        }
        Ok(Cube {
            dimensions: self.dimensions.clone(),
            keys: self.keys.iter().map(|column| cells.iter().map(|c| column[*c]).collect()).collect(),
            before: cells.iter().map(|c| self.before[*c]).collect(),
            after: cells.iter().map(|c| self.after[*c]).collect(),
            is_ratio: self.is_ratio,
        })
    }

    /// Sums by the values of one dimension: value, amount and base before, amount and base after.
    pub fn by(&self, dimension: usize) -> Vec<(String, (f64, f64), (f64, f64))> {
        let values = &self.dimensions[dimension].values;
        let mut sums = vec![((0.0, 0.0), (0.0, 0.0)); values.len()];
        for (cell, id) in self.keys[dimension].iter().enumerate() {
            let (b, a) = &mut sums[*id as usize];
            *b = plus(*b, self.before[cell]);
            *a = plus(*a, self.after[cell]);
        }
        values.iter().cloned().zip(sums).filter(|(_, (b, a))| *b != (0.0, 0.0) || *a != (0.0, 0.0)).map(|(v, (b, a))| (v, b, a)).collect()
    }

    /// Everything: amount and base before, amount and base after.
    pub fn total(&self) -> ((f64, f64), (f64, f64)) {
        let sum = |cells: &[(f64, f64)]| cells.iter().fold((0.0, 0.0), |sum, cell| plus(sum, *cell));
        (sum(&self.before), sum(&self.after))
    }
}

fn plus(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}
