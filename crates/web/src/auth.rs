//! Cookies of signing in: the session, and the word by which a device is known again.

use crate::{At, at::SESSION};
use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// Days that a session lasts.
pub const SESSION_DAYS: i64 = 30;
/// Name of the cookie that keeps the word of the last session after it ended. It opens nothing; whoever shows it when
/// signing in comes from a device that the account was used on.
pub const DEVICE: &str = "device";
/// Days that a device is known.
pub const DEVICE_DAYS: i64 = 180;

/// Hands the browser its session word.
pub fn open(at: &At, response: &mut Response, word: &str) {
    let secure = if at.house.is_https(&at.peer) { "; Secure" } else { "" };
    set(response, &format!("{SESSION}={word}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", SESSION_DAYS * 86_400));
    set(response, &format!("{DEVICE}={word}; Path=/sign-in; HttpOnly; SameSite=Strict; Max-Age={}{secure}", DEVICE_DAYS * 86_400));
}

/// Takes the session away; the device stays known.
pub fn close(response: &mut Response) {
    set(response, &format!("{SESSION}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

fn set(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
