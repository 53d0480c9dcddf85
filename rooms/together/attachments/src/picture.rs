//! Pictures made small. What cannot be drawn within limits is a file like any other, and no page shows it.

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};
use std::io::{BufReader, Cursor, Read};
use web::app::Blobs;

/// Pixels of the longer side of what pages show.
const LONGEST: u32 = 1_024;
/// A picture this small, in bytes, is shown as it is.
const FEW_BYTES: u64 = 256 << 10;
/// Pixels of a side, and bytes that a picture may unfold to: more is a mistake or an attack.
const WIDEST: u32 = 20_000;
const MOST_UNFOLDED: u64 = 256 << 20;

/// A picture as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Small {
    pub sha256: String,
    /// Of the picture as it was sent.
    pub width: u32,
    pub height: u32,
}

/// The formats that browsers draw and that hold nothing to run.
fn format(kind: &str) -> Option<ImageFormat> {
    match kind {
        "image/png" => Some(ImageFormat::Png),
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/gif" => Some(ImageFormat::Gif),
        "image/webp" => Some(ImageFormat::WebP),
        _ => None,
    }
}

/// Whether a file of this type may be drawn.
pub(crate) fn is_picture(kind: &str) -> bool {
    format(kind).is_some()
}

/// Makes a kept picture small, and keeps that too; nothing for what cannot be drawn.
pub(crate) fn small(blobs: &Blobs, sha256: &str, kind: &str) -> Option<Small> {
    let mut bytes = vec![];
    blobs.open(sha256).ok()?.read_to_end(&mut bytes).ok()?;
    let picture = drawn(&bytes, format(kind)?)?;
    let (width, height) = (picture.width(), picture.height());
    if width.max(height) <= LONGEST && bytes.len() as u64 <= FEW_BYTES {
        return Some(Small { sha256: sha256.to_owned(), width, height });
    }
    let kept = blobs.keep(&written(shrunk(picture))?).ok()?;
    Some(Small { sha256: kept.sha256, width, height })
}

fn drawn(bytes: &[u8], format: ImageFormat) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(WIDEST), Some(WIDEST), Some(MOST_UNFOLDED));
    let mut reader = ImageReader::with_format(BufReader::new(Cursor::new(bytes)), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.total_bytes() > MOST_UNFOLDED {
        return None;
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turned);
    Some(picture)
}

fn shrunk(picture: DynamicImage) -> DynamicImage {
    match picture.width().max(picture.height()) > LONGEST {
        true => picture.thumbnail(LONGEST, LONGEST),
        false => picture,
    }
}

/// As a file: with what can be seen through as PNG, else as JPEG; without anything a camera wrote into it.
fn written(picture: DynamicImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(vec![]);
    match picture.color().has_alpha() {
        true => DynamicImage::ImageRgba8(picture.into_rgba8()).write_to(&mut out, ImageFormat::Png),
        false => DynamicImage::ImageRgb8(picture.into_rgb8()).write_to(&mut out, ImageFormat::Jpeg),
    }
    .ok()?;
    Some(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blobs(test: &str) -> (Blobs, std::path::PathBuf) {
        let folder = std::env::temp_dir().join(format!("tandem-pictures-{}-{test}", std::process::id()));
        (Blobs::at(&folder), folder)
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(vec![]);
        DynamicImage::new_rgb8(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_picture_becomes_a_small_one_and_a_small_one_stays() {
        let (blobs, folder) = blobs("small");
        let large = blobs.keep(&png(3_000, 1_500)).unwrap();
        let shown = small(&blobs, &large.sha256, "image/png").unwrap();
        assert_eq!((shown.width, shown.height), (3_000, 1_500));
        let mut bytes = vec![];
        blobs.open(&shown.sha256).unwrap().read_to_end(&mut bytes).unwrap();
        let again = image::load_from_memory(&bytes).unwrap();
        assert_eq!((again.width(), again.height()), (1_024, 512));
        let little = blobs.keep(&png(20, 20)).unwrap();
        assert_eq!(small(&blobs, &little.sha256, "image/png").unwrap().sha256, little.sha256);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_no_picture_or_unfolds_to_too_much_is_not_drawn() {
        let (blobs, folder) = blobs("bomb");
        let keep = |bytes: &[u8]| blobs.keep(bytes).unwrap().sha256;
        // Few bytes that unfold to 900 MB.
        let bomb = keep(&bomb());
        assert!(small(&blobs, &bomb, "image/png").is_none(), "a bomb");
        assert!(small(&blobs, &keep(b"\x89PNG\r\n\x1a\n"), "image/png").is_none(), "cut off");
        assert!(small(&blobs, &keep(b"<svg/>"), "image/svg+xml").is_none() && !is_picture("image/svg+xml"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// The head of a PNG of 17,000 times 17,000 pixels, with nothing behind it.
    fn bomb() -> Vec<u8> {
        let mut bytes = png(1, 1);
        bytes[16..20].copy_from_slice(&17_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&17_000_u32.to_be_bytes());
        let check = crc(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&check.to_be_bytes());
        bytes
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes
            .iter()
            .fold(!0_u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }))
    }
}
