//! Methods of the Bot API that change or ask something and answer at once.

use serde_json::{Value, json};

use super::delivery::Hook;
use super::markup::visible_text;
use super::state::{Button, ButtonKind, Received, State, bot};

/// Telegram's refusal: code and description.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: u16,
    pub(super) description: String,
    pub(super) retry_after: Option<u64>,
    /// Whether the bot should have known.
    pub(super) is_foreseeable: bool,
}

impl Refusal {
    pub(super) fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), retry_after: None, is_foreseeable: true }
    }

    fn bad_request(complaint: impl std::fmt::Display) -> Self {
        Self::new(400, format!("Bad Request: {complaint}"))
    }
}

/// Calls a method. `name` is in lower case.
pub(super) fn call(state: &mut State, name: &str, body: &Value) -> Result<Value, Refusal> {
    let result = match name {
        "getme" => Ok(me()),
        "sendchataction" => Ok(json!(true)),
        "setwebhook" => set_webhook(state, body),
        "deletewebhook" => {
            state.set_hook(None);
            Ok(json!(true))
        }
        "getwebhookinfo" => {
            let url = state.hook().map_or("", |hook| &hook.address);
            Ok(json!({"url": url, "has_custom_certificate": false, "pending_update_count": state.pending()}))
        }
        "sendmessage" => send_message(state, body),
        "editmessagetext" => edit_message(state, body, true),
        "editmessagereplymarkup" => edit_message(state, body, false),
        "answercallbackquery" => answer_callback_query(state, body),
        "setmycommands" => set_my_commands(state, body),
        _ => Err(Refusal::new(404, "Not Found: method not found")),
    };
    if let Err(refusal) = &result
        && matches!(refusal.code, 400 | 404)
        && refusal.is_foreseeable
    {
        state.accuse(format!("{name}: {}", refusal.description));
    }
    result
}

fn set_webhook(state: &mut State, body: &Value) -> Result<Value, Refusal> {
    let address = body["url"].as_str().unwrap_or_default().to_owned();
    if !address.starts_with("https://") || !is_public(&address) {
        return Err(Refusal::bad_request("bad webhook: An HTTPS URL must be provided for webhook"));
    }
    let secret = body["secret_token"].as_str().unwrap_or_default().to_owned();
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if !(1..=256).contains(&secret.len()) || !secret.bytes().all(is_letter) {
        return Err(Refusal::bad_request("bad webhook: secret token contains unallowed characters"));
    }
    if body["allowed_updates"] != json!(["message", "callback_query"]) {
        return Err(Refusal::bad_request("the desk reads messages and taps only"));
    }
    let most_at_once = body["max_connections"].as_u64().unwrap_or(40).clamp(1, 100) as usize;
    state.set_hook(Some(Hook { address, secret, most_at_once }));
    Ok(json!(true))
}

fn me() -> Value {
    let mut me = bot();
    for flag in [
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    ] {
        me[flag] = json!(false);
    }
    me
}

fn send_message(state: &mut State, body: &Value) -> Result<Value, Refusal> {
    let chat = number(body, "chat_id")?;
    if !state.is_open(chat) {
        return Err(Refusal::bad_request("chat not found"));
    }
    if state.refuses(chat) {
        return Err(Refusal::new(403, "Forbidden: bot was blocked by the user"));
    }
    if state.comes_too_early(chat) {
        return Err(Refusal { retry_after: Some(1), ..Refusal::new(429, "Too Many Requests: retry after 1") });
    }
    let (html, text) = text(body)?;
    let message = Received {
        id: 0,
        text,
        html,
        buttons: buttons(body)?,
        preview_disabled: body["link_preview_options"]["is_disabled"] == json!(true),
        reply_to: body["reply_parameters"]["message_id"].as_i64(),
    };
    let id = state.keep_message(chat, message, keyboard(body));
    Ok(state.message(chat, id))
}

fn edit_message(state: &mut State, body: &Value, with_text: bool) -> Result<Value, Refusal> {
    let (chat, id) = (number(body, "chat_id")?, number(body, "message_id")?);
    if state.refuses(chat) {
        return Err(Refusal::new(403, "Forbidden: bot was blocked by the user"));
    }
    if state.comes_too_early(chat) {
        return Err(Refusal { retry_after: Some(1), ..Refusal::new(429, "Too Many Requests: retry after 1") });
    }
    if state.is_frozen(chat, id) {
        // Nothing a bot could know beforehand, so it is not held against it.
        return Err(Refusal { is_foreseeable: false, ..Refusal::bad_request("message can't be edited") });
    }
    let Some(mut message) = state.received(chat, id) else {
        return Err(Refusal::bad_request("message to edit not found"));
    };
    if with_text {
        (message.html, message.text) = text(body)?;
    }
    message.buttons = buttons(body)?;
    match state.edit_message(chat, message, keyboard(body)) {
        Some(true) => Ok(state.message(chat, id)),
        // After a crash a bot cannot know whether it has changed a message.
        _ => {
            Err(Refusal { is_foreseeable: false, ..Refusal::bad_request("message is not modified: exactly the same") })
        }
    }
}

fn answer_callback_query(state: &mut State, body: &Value) -> Result<Value, Refusal> {
    let query = body["callback_query_id"].as_str().unwrap_or_default();
    let note = body["text"].as_str().filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.encode_utf16().count() > 200) {
        return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
    }
    if state.acknowledge(query, note.map(str::to_owned)) {
        Ok(json!(true))
    } else {
        Err(Refusal::bad_request("query is too old and response timeout expired or query ID is invalid"))
    }
}

fn set_my_commands(state: &mut State, body: &Value) -> Result<Value, Refusal> {
    let commands = body["commands"].as_array().ok_or_else(|| Refusal::bad_request("commands must be an array"))?;
    if commands.len() > 100 {
        return Err(Refusal::bad_request("BOT_COMMANDS_TOO_MUCH"));
    }
    let mut menu = Vec::new();
    for command in commands {
        let [name, description] = ["command", "description"].map(|key| command[key].as_str().unwrap_or_default());
        let letters_are_valid = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !letters_are_valid || !(1..=32).contains(&name.len()) {
            return Err(Refusal::bad_request("BOT_COMMAND_INVALID"));
        }
        if !(1..=256).contains(&description.chars().count()) {
            return Err(Refusal::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
        menu.push((name.to_owned(), description.to_owned()));
    }
    let language = body["language_code"].as_str().filter(|code| !code.is_empty());
    if language.is_some_and(|code| code.len() != 2) {
        return Err(Refusal::bad_request("LANGUAGE_CODE_INVALID"));
    }
    state.set_menu(language.map(str::to_owned), menu);
    Ok(json!(true))
}

/// The text with and without markup.
fn text(body: &Value) -> Result<(String, String), Refusal> {
    let text = body["text"].as_str().unwrap_or_default();
    let escaped;
    let html = match body["parse_mode"].as_str() {
        Some(mode) if mode.eq_ignore_ascii_case("html") => text,
        None => {
            escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            &escaped
        }
        Some(mode) => return Err(Refusal::bad_request(format!("parse mode {mode} is not supported here"))),
    };
    let visible =
        visible_text(html).map_err(|complaint| Refusal::bad_request(format!("can't parse entities: {complaint}")))?;
    Ok((html.to_owned(), visible))
}

fn keyboard(body: &Value) -> Option<Value> {
    body.get("reply_markup").filter(|keyboard| !keyboard.is_null()).cloned()
}

fn buttons(body: &Value) -> Result<Vec<Button>, Refusal> {
    let Some(keyboard) = keyboard(body) else { return Ok(Vec::new()) };
    let rows = keyboard["inline_keyboard"].as_array().ok_or_else(|| Refusal::bad_request("only inline keyboards"))?;
    rows.iter().flat_map(|row| row.as_array().into_iter().flatten()).map(button).collect()
}

fn button(button: &Value) -> Result<Button, Refusal> {
    let label = button["text"].as_str().unwrap_or_default().to_owned();
    if label.trim().is_empty() {
        return Err(Refusal::bad_request("text buttons are unallowed in the inline keyboard"));
    }
    let kind = match (button["callback_data"].as_str(), button["url"].as_str()) {
        (Some(data), None) if (1..=64).contains(&data.len()) => ButtonKind::Sends(data.to_owned()),
        (Some(_), None) => return Err(Refusal::bad_request("BUTTON_DATA_INVALID")),
        (None, Some(url)) if is_public(url) => ButtonKind::Opens(url.to_owned()),
        (None, Some(_)) => return Err(Refusal::bad_request("BUTTON_URL_INVALID")),
        _ => return Err(Refusal::bad_request("BUTTON_TYPE_INVALID")),
    };
    Ok(Button { label, kind })
}

fn is_public(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = host.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace))
}

fn number(body: &Value, key: &str) -> Result<i64, Refusal> {
    body[key].as_i64().ok_or_else(|| Refusal::bad_request(format!("{key} is missing")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_state() -> State {
        let mut state = State::new();
        state.new_message(5, bot());
        state
    }

    #[test]
    fn what_telegram_refuses_is_refused_and_remembered() {
        let url = |url: &str| json!({"inline_keyboard": [[{"text": "x", "url": url}]]});
        let data = |data: &str| json!({"inline_keyboard": [[{"text": "x", "callback_data": data}]]});
        for wrong in [
            json!({"chat_id": 5, "text": "a & b", "parse_mode": "HTML"}),
            json!({"chat_id": 5, "text": " "}),
            json!({"chat_id": 5, "text": "x".repeat(4097)}),
            json!({"chat_id": 6, "text": "x"}),
            json!({"chat_id": 5, "text": "x", "reply_markup": data("")}),
            json!({"chat_id": 5, "text": "x", "reply_markup": data(&"ü".repeat(33))}),
            json!({"chat_id": 5, "text": "x", "reply_markup": url("http://localhost/")}),
        ] {
            let mut state = open_state();
            assert!(call(&mut state, "sendmessage", &wrong).is_err(), "{wrong}");
            assert_eq!(state.complaints().len(), 1, "{wrong}");
        }
    }

    #[test]
    fn a_message_is_kept_until_it_is_read() {
        let mut state = open_state();
        let sent =
            call(&mut state, "sendmessage", &json!({"chat_id": 5, "text": "<b>Guten</b> Tag", "parse_mode": "HTML"}));
        assert_eq!(sent.expect("valid")["text"], "Guten Tag");
        assert_eq!(state.complaints().len(), 1);
        assert_eq!(state.read_next(5).map(|message| message.text).as_deref(), Some("Guten Tag"));
        assert!(state.complaints().is_empty());
    }
}
