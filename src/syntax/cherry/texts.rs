//! Texts of the micro-syntax: still texts, but each knows what it must be.

use crate::syntax::decode::{Clipped, DecodeCx};
use crate::syntax::{Value, rules};

text_type! {
    /// Name of a service and major version of its contract.
    ContractName = "a contract name such as `user/v1`",
        pattern: r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*/v[1-9][0-9]*$", example: "user/v1";

    /// A full semantic version.
    VersionText = "a version of three parts such as `1.2.0`",
        pattern: r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$",
        example: "1.2.0", number: version_number;

    /// Version of Istio that objects are made for.
    IstioVersion = "a version of Istio in quotes such as `\"1.30\"`",
        pattern: r"^1\.[0-9]+$", example: "1.30", number: istio_number;

    /// A rate: how many requests in which period, per whom.
    RateText = "a rate such as `100r/s per client_ip`",
        pattern: r"^[1-9][0-9]*r/([1-9][0-9]*)?[smhd] per [a-z_]+(\([^()]+\))?(\+[a-z_]+(\([^()]+\))?)*( burst [1-9][0-9]*)?$",
        example: "100r/s per client_ip";

    /// A duration with its unit: `us`, `ms`, `s`, `m`, `h` or `d`, largest first.
    DurationText = "a duration such as `250ms`",
        pattern: r"^(?=[0-9])(?!.*\.[0-9]+[a-z]+[0-9])([0-9]+(\.[0-9]+)?d)?([0-9]+(\.[0-9]+)?h)?([0-9]+(\.[0-9]+)?m)?([0-9]+(\.[0-9]+)?s)?([0-9]+(\.[0-9]+)?ms)?([0-9]+(\.[0-9]+)?us)?$",
        example: "250ms", number: duration_number;

    /// A share from `0%` to `100%`.
    PercentText = "a percentage such as `10%`",
        pattern: r"^[0-9]{1,3}(\.[0-9]{1,4})?%$", example: "10%", number: percent_number;

    /// Path of a file or folder, relative to the contract, with forward slashes.
    PathText = "a relative path such as `./user.openapi.yaml`",
        pattern: r"^[^/\u0000][^\u0000]*$", example: "./user.openapi.yaml";

    /// A path template: `{id}` is one segment, `{rest=**}` (last only) is one or more.
    TemplateText = "a path template such as `/users/{id}`",
        pattern: r"^/", example: "/users/{id}";

    /// An upper-case HTTP method, or `*` for every method.
    MethodText = "an HTTP method such as `GET`",
        pattern: r"^(\*|GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|TRACE|CONNECT)$", example: "GET";

    /// An operation of an imported document: its alias, a dot and its id.
    OperationText = "an operation such as `api.createOrder`",
        pattern: r"^[A-Za-z][A-Za-z0-9_-]*\..+$", example: "api.createOrder";

    /// Where a request carries a value.
    KeyText = "a source such as `header(X-Tenant)`",
        pattern: r"^header\([!#$%&'*.^_`|~0-9A-Za-z-]+\)$", example: "header(X-Tenant)";

    /// A host name.
    HostText = "a host name such as `user.shop.svc.cluster.local`",
        pattern: r"^[A-Za-z0-9*]([A-Za-z0-9.*-]*[A-Za-z0-9])?$", example: "user.shop.svc.cluster.local";

    /// An address with its port.
    HostPortText = "an address with its port such as `127.0.0.1:10000`",
        pattern: r"^.+:[0-9]{1,5}$", example: "127.0.0.1:10000";

    /// A namespace of Kubernetes.
    NamespaceText = "a namespace such as `shop`",
        pattern: r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", example: "shop";

    /// A gateway of Istio: its name, with its namespace before it where that is another one.
    GatewayText = "a gateway such as `shop-gw`",
        pattern: r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?/)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", example: "shop-gw";

    /// A registry of OCI images with the path of a repository.
    RegistryText = "a registry such as `oci://registry.example.com/shop`",
        pattern: r"^oci://[^\s/]+(/[^\s]*)?$", example: "oci://registry.example.com/shop";

    /// Name of a message: what happened, in words joined by dots, and its major version.
    EventName = "the name of an event such as `order.paid/v1`",
        pattern: r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*/v[1-9][0-9]*$", example: "order.paid/v1";

    /// A schema of an import: its alias, `#`, and a JSON Pointer or `/` and the name of a component;
    /// of Protobuf also its alias, a dot, and the full name of a message.
    SchemaText = "a schema of an import such as `ev#/OrderPaid`",
        pattern: r"^[A-Za-z][A-Za-z0-9_-]*(#(/.*)?|\.[A-Za-z_][A-Za-z0-9_.]*)$", example: "ev#/OrderPaid";

    /// Files of a folder, by their paths in it.
    PatternText = "a pattern of files such as `order/v1/*.proto`",
        pattern: r"^[^/\\].*$", example: "order/v1/*.proto";

    /// A place in a message: names from the outside in, joined by dots.
    FieldText = "a place in the message such as `orderId`",
        pattern: r"^[^.\s]+(\.[^.\s]+)*$", example: "orderId";

    /// Name of a topic.
    TopicText = "the name of a topic such as `order.events`",
        pattern: r"^[A-Za-z0-9._-]{1,249}$", example: "order.events";

    /// Name of readers that share the work.
    GroupText = "the name of a group such as `ordering`",
        pattern: r"^[A-Za-z0-9._-]{1,249}$", example: "ordering";

    /// Versions, as Cargo writes them.
    RangeText = "a range of versions such as `\"^1\"`",
        pattern: r"^[\^~=<>0-9*].*$", example: "^1", number: range_number;

    /// What a version is compared with: a revision, a file, or a folder with a version per entry.
    BaselineText = "a baseline such as `git:origin/main`",
        pattern: r"^(git|file|dir):.+$", example: "git:origin/main";

    /// Alias of an imported document.
    AliasName = "an alias such as `api`",
        pattern: r"^[A-Za-z][A-Za-z0-9_-]*$", example: "api";

    /// Name of a place to deploy to.
    TargetName = "a name such as `prod`",
        pattern: r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", example: "prod";

    /// Name of a label.
    LabelName = "a label such as `app`",
        pattern: r"^[A-Za-z0-9]([A-Za-z0-9./_-]*[A-Za-z0-9])?$", example: "app";

    /// Name of a rule, as `cherryc rules` lists it.
    RuleNameText = "the name of a rule such as `norway-value`",
        pattern: r"^[a-z][a-z0-9-]*$", example: "norway-value";
}

/// `1.10` is the number 1.1 to YAML, so what was meant is lost.
fn version_number(number: &str, value: Value<'_>, cx: &mut DecodeCx<'_>) {
    let parts = number.bytes().filter(|byte| *byte == b'.').count() + 1;
    let plain = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let full = format!("{number}{}", ".0".repeat(3_usize.saturating_sub(parts)));
    let draft = trap(number, ": quote it and use three parts", value, cx);
    if plain && parts < 3 {
        draft.fix(
            format_args!("write `\"{full}\"`"),
            value.span(),
            format_args!("\"{full}\""),
        );
    }
}

fn range_number(number: &str, value: Value<'_>, cx: &mut DecodeCx<'_>) {
    trap(number, ": quote it", value, cx).fix(
        format_args!("write `\"^{number}\"`"),
        value.span(),
        format_args!("\"^{number}\""),
    );
}

fn istio_number(number: &str, value: Value<'_>, cx: &mut DecodeCx<'_>) {
    trap(number, ": quote it", value, cx).fix(
        format_args!("write `\"{number}\"`"),
        value.span(),
        format_args!("\"{number}\""),
    );
}

fn trap<'c>(
    number: &str,
    action: &str,
    value: Value<'_>,
    cx: &'c mut DecodeCx<'_>,
) -> crate::diag::Draft<'c> {
    let read = number
        .parse::<f64>()
        .map_or_else(|_| number.to_owned(), |read| read.to_string());
    let read = Clipped(&read).to_string();
    let headline = format!("{}: YAML reads the number {read}{action}", cx.subject());
    cx.sink()
        .report(&rules::WRONG_TYPE, headline)
        .at(value.span(), format_args!("the number {read}"))
}

/// The unit is half of a duration.
fn duration_number(number: &str, value: Value<'_>, cx: &mut DecodeCx<'_>) {
    let headline = format!(
        "{}: duration needs a unit; did you mean `{number}s` or `{number}ms`?",
        cx.subject(),
        number = Clipped(number)
    );
    cx.sink()
        .report(&rules::WRONG_TYPE, headline)
        .at(value.span(), "seconds or milliseconds?")
        .fix(
            format_args!("write `{0}s` or `{0}ms`", Clipped(number)),
            value.span(),
            format_args!("{number}s"),
        );
}

fn percent_number(number: &str, value: Value<'_>, cx: &mut DecodeCx<'_>) {
    cx.wrong_type(value, <PercentText as crate::syntax::Decode>::EXPECTED)
        .fix(
            format_args!("write `{}%`", Clipped(number)),
            value.span(),
            format_args!("{number}%"),
        );
}
