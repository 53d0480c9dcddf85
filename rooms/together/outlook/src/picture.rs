//! The timeline as a picture, for slides and letters: drawn from the same SVG that is taken along, with the letters of the
//! house built in, so that it looks alike wherever the program runs. Letters that these do not have (Arabic, Japanese) are
//! taken from the machine, where it has some.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};
use std::sync::{Arc, LazyLock};

/// Twice as fine as it is drawn, so that it is sharp on fine screens and in print.
const FINE: f32 = 2.0;
/// So many points a picture has at most; each takes four bytes while it is drawn. A larger timeline is drawn less fine.
const MOST: f32 = 20e6;
/// So many points it is wide or high at most, which is what other programs open.
const LONGEST: f32 = 16_000.0;

/// The letters of the house, regular and strong; read once.
static LETTERS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut letters = Database::new();
    for face in web::assets::LETTERS {
        letters.load_font_data(face.to_vec());
    }
    letters.load_system_fonts();
    letters.set_sans_serif_family("Inter");
    Arc::new(letters)
});

/// How fine something of a size is drawn.
fn scale(wide: f32, high: f32) -> f32 {
    let room = (MOST / (wide * high).max(1.0)).sqrt();
    FINE.min(room).min(LONGEST / wide.max(high).max(1.0))
}

/// A drawing as PNG. What nothing can be drawn of is said in a sentence.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>, String> {
    let options = Options { fontdb: LETTERS.clone(), font_family: "Inter".into(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| format!("The drawing could not be made into a picture: {error}."))?;
    let (wide, high) = (tree.size().width(), tree.size().height());
    let scale = scale(wide, high);
    let points = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut picture = Pixmap::new(points(wide), points(high)).ok_or("The timeline is too large for a picture. Narrow it, or take the drawing.")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|error| format!("The picture could not be written: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use web::chart::{Lane, Stand, Timeline, Window, Zoom};

    /// Width and height, as a PNG says at its beginning.
    fn size(png: &[u8]) -> (u32, u32) {
        let at = |from: usize| u32::from_be_bytes([png[from], png[from + 1], png[from + 2], png[from + 3]]);
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        (at(16), at(20))
    }

    fn drawn(name: &str, bars: usize) -> String {
        let window = |n: usize| Window {
            key: format!("ORB-{n}"),
            name: name.into(),
            from: Some("2026-12-01".into()),
            until: Some("2027-02-28".into()),
            stand: Stand::Now,
            part: false,
            likely: None,
            leads: None,
            moves: None,
        };
        let lane = Lane { name: "Ride more".into(), windows: (0..bars).map(window).collect() };
        Timeline::new(Zoom::Month, "2026-11-23", vec![lane]).drawing("Roadmap")
    }

    #[test]
    fn a_timeline_becomes_a_picture_with_letters() {
        let with = png(&drawn("Łódź – Škoda ride", 2)).unwrap();
        let without = png(&drawn("", 2)).unwrap();
        let (wide, high) = size(&with);
        assert!(wide > 1_000 && high > 100, "{wide} × {high}");
        assert_eq!(size(&without), (wide, high));
        assert!(with.len() > without.len() + 200, "letters are drawn, those beyond the first alphabet too");
        let broken = png("<svg").unwrap_err();
        assert!(broken.starts_with("The drawing could not"), "{broken}");
    }

    #[test]
    fn a_large_timeline_is_drawn_less_fine_and_never_too_large() {
        let (wide, high) = size(&png(&drawn("One of many", 700)).unwrap());
        assert!(wide as f32 * high as f32 <= MOST * 1.01 && high as f32 <= LONGEST + 1.0, "{wide} × {high}");
        assert_eq!(scale(100.0, 100.0), FINE);
    }
}
