//! Which texts have a piece.

use crate::pieces::Counted;

/// Texts that have a piece: their places in order, and how often it occurs in each. Of a piece that finds nobody, since a large part of
/// all texts has it, only how many these are: such pieces are most of what there is to list.
#[derive(Clone, Debug)]
pub(crate) enum Having {
    Few(Vec<Counted>),
    Many(u32),
}

impl Default for Having {
    fn default() -> Self {
        Having::Few(vec![])
    }
}

impl Having {
    /// How many texts have it.
    pub fn len(&self) -> usize {
        match self {
            Having::Few(listed) => listed.len(),
            Having::Many(many) => *many as usize,
        }
    }

    /// Adds a text behind all others; whether it is only counted from now on, since it is too common by far.
    pub fn add(&mut self, text: Counted, common: usize) -> bool {
        match self {
            Having::Many(many) => *many += 1,
            Having::Few(listed) => {
                listed.push(text);
                if listed.len() > 2 * common {
                    *self = Having::Many(listed.len() as u32);
                    return true;
                }
            }
        }
        false
    }

    pub fn remove(&mut self, place: u32) {
        match self {
            Having::Few(listed) => listed.retain(|text| text.what() != place),
            Having::Many(many) => *many -= 1,
        }
    }

    /// Whether it is only counted although it would find somebody.
    pub fn is_unlisted(&self, common: usize) -> bool {
        matches!(self, Having::Many(many) if *many as usize <= common)
    }

    /// The texts that it finds, unless more than are common have it.
    pub fn listed(&self, common: usize) -> Option<&[Counted]> {
        match self {
            Having::Few(listed) if listed.len() <= common => Some(listed),
            _ => None,
        }
    }
}
