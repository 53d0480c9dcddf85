//! Reports: what the record of delivery tells of what was, and of what comes. How sprints went, how work flows, what was
//! accepted (`report`); and when a feature, or the whole backlog, is likely to be accepted, from what was before.

mod asked;
mod figures;
mod pages;
mod promises;
mod report;
mod report_pages;
mod rows;
mod runs;
mod shown;
mod told;
mod views;
mod what_if_view;
mod work;

pub use figures::in_figures;
pub use pages::{of_features, routes};
pub use promises::{Bet, Likely, Promised, likely, likely_of, promised, promised_of};
pub use report_pages::{ChartOut, MovedOut, ReadReport, ReportOut, Which};
pub use told::{ForecastOut, ReadForecast};

use kernel::{QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "reports",
    queries: &[QuerySpec::of::<ReadReport>(), QuerySpec::of::<ReadForecast>()],
    pages: &[
        report_pages::REPORTS,
        report_pages::BURNDOWN,
        report_pages::BURNUP,
        report_pages::SCOPE,
        report_pages::VELOCITY,
        report_pages::FLOW,
        report_pages::THROUGHPUT,
        report_pages::CYCLE,
        report_pages::LEAD,
        report_pages::AGEING,
        report_pages::BLOCKED,
        report_pages::ACCEPTANCE,
        pages::FORECAST,
        pages::FEATURES,
    ],
    ..Room::EMPTY
};
