//! What can happen to shared understanding.

use kernel::kinds;

kinds! {
    PLAYBACK_WRITTEN = "playback.written", "said in their own words:";
    PLAYBACK_SETTLED = "playback.settled", "went through what was said in other words:";
    PLAYBACK_WITHDRAWN = "playback.withdrawn", "took back what they said in their own words:";
    PART_WRITTEN = "playback_part.written", "said:";
    PART_MARKED = "playback_part.marked", "marked what was said:";
    PULSE_BEGUN = "pulse.begun", "began";
    PULSE_ANSWERED = "pulse.answered", "answered";
    PULSE_CLOSED = "pulse.closed", "closed";
}
