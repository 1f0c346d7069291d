//! What can become of messages.

use crate::declare_rule;

declare_rule! {
    /// An event is no longer sent, or no longer read.
    #[page = "rules/event_removed.md"]
    pub(crate) static EVENT_REMOVED = { category: Compat, level: Error, since: "0.3" };

    /// One more event is sent or read.
    #[page = "rules/event_added.md"]
    pub(crate) static EVENT_ADDED = { category: Compat, level: Info, since: "0.3" };

    /// An event travels elsewhere.
    #[page = "rules/event_channel_changed.md"]
    pub(crate) static EVENT_CHANNEL_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// A topic is split differently, so messages of one key change their log.
    #[page = "rules/event_partitions_changed.md"]
    pub(crate) static EVENT_PARTITIONS_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// Messages are kept for a shorter time.
    #[page = "rules/event_retention_shortened.md"]
    pub(crate) static EVENT_RETENTION_SHORTENED = { category: Compat, level: Warning, since: "0.3" };

    /// What stands around the payload is another.
    #[page = "rules/event_envelope_changed.md"]
    pub(crate) static EVENT_ENVELOPE_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// Messages are about something else.
    #[page = "rules/event_key_changed.md"]
    pub(crate) static EVENT_KEY_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// Other messages stay in order.
    #[page = "rules/event_ordering_changed.md"]
    pub(crate) static EVENT_ORDERING_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// Repeated messages are told by something else.
    #[page = "rules/event_idempotency_changed.md"]
    pub(crate) static EVENT_IDEMPOTENCY_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// Messages say elsewhere when it happened.
    #[page = "rules/event_timestamp_changed.md"]
    pub(crate) static EVENT_TIMESTAMP_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// Messages say elsewhere which version they are of.
    #[page = "rules/event_version_changed.md"]
    pub(crate) static EVENT_VERSION_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// Messages promise one more thing to tell, order or date them by.
    #[page = "rules/event_mark_added.md"]
    pub(crate) static EVENT_MARK_ADDED = { category: Compat, level: Info, since: "0.3" };

    /// Messages may come again for longer.
    #[page = "rules/event_window_lengthened.md"]
    pub(crate) static EVENT_WINDOW_LENGTHENED = { category: Compat, level: Warning, since: "0.3" };

    /// Fewer versions of an event have to read each other.
    #[page = "rules/event_evolution_loosened.md"]
    pub(crate) static EVENT_EVOLUTION_LOOSENED = { category: Compat, level: Warning, since: "0.3" };

    /// A message is another one, or described in another language.
    #[page = "rules/event_payload_replaced.md"]
    pub(crate) static EVENT_PAYLOAD_REPLACED = { category: Compat, level: Error, since: "0.3" };

    /// A message travels in another form.
    #[page = "rules/event_encoding_changed.md"]
    pub(crate) static EVENT_ENCODING_CHANGED = { category: Compat, level: Error, since: "0.3" };

    /// The versions that a reader understands do not hold the one of the contract that sends the event.
    #[page = "rules/consumer_range_missed.md"]
    pub(crate) static CONSUMER_RANGE_MISSED = { category: Compat, level: Error, since: "0.3" };

    /// An event is read by another group, which begins anew.
    #[page = "rules/consumer_group_changed.md"]
    pub(crate) static CONSUMER_GROUP_CHANGED = { category: Compat, level: Warning, since: "0.3" };
}

/// Every rule, in the order of their pages.
pub(crate) static RULES: &[&crate::diag::Rule] = &[
    &EVENT_REMOVED,
    &EVENT_ADDED,
    &EVENT_CHANNEL_CHANGED,
    &EVENT_PARTITIONS_CHANGED,
    &EVENT_RETENTION_SHORTENED,
    &EVENT_ENVELOPE_CHANGED,
    &EVENT_KEY_CHANGED,
    &EVENT_ORDERING_CHANGED,
    &EVENT_IDEMPOTENCY_CHANGED,
    &EVENT_TIMESTAMP_CHANGED,
    &EVENT_VERSION_CHANGED,
    &EVENT_MARK_ADDED,
    &EVENT_WINDOW_LENGTHENED,
    &EVENT_EVOLUTION_LOOSENED,
    &EVENT_PAYLOAD_REPLACED,
    &EVENT_ENCODING_CHANGED,
    &CONSUMER_GROUP_CHANGED,
    &CONSUMER_RANGE_MISSED,
];
