//! Session cookies.

use crate::{House, at::SESSION};
use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// Days that a session lasts.
pub const SESSION_DAYS: i64 = 30;

/// Hands the browser its session word.
pub fn open(house: &House, response: &mut Response, word: &str) {
    let secure = if house.secure_cookies { "; Secure" } else { "" };
    set(response, &format!("{SESSION}={word}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", SESSION_DAYS * 86_400));
}

/// Takes it away.
pub fn close(response: &mut Response) {
    set(response, &format!("{SESSION}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

fn set(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
