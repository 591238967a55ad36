//! What one question over HTTP costs the server, beside what actix itself costs.
//!
//! Both servers run in this process and are asked over loopback sockets by threads whose own CPU time is subtracted:
//! what is left of the process is the server's, its part of the network stack included.
//!
//! The engine alone is measured between them, because a budget in microseconds means the machine it was set on: one on
//! which the bare endpoint takes [`BARE_WHERE_BUDGETS_WERE_SET`].
//!
//! `cargo bench -p auskunft --bench chat_endpoint`

#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]

mod support;

use std::future::pending;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use actix_web::{App, HttpServer, web};
use auskunft::clock::SetClock;
use auskunft::evaluation;
use criterion::Criterion;
use faq_engine::desk::InfoDesk;
use rustix::time::ClockId;
use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};
use web_widget_server::{Application, ServerSettings};

/// Most CPU time of an answered question, as a multiple of the bare endpoint's.
const MOST_TIMES_BARE: f64 = 20.0;

/// What the bare endpoint takes on the machine for which the budgets were set.
const BARE_WHERE_BUDGETS_WERE_SET: Duration = Duration::from_micros(7);
/// Most CPU time of the engine for a question, there.
const MOST_OF_ENGINE: Duration = Duration::from_micros(100);

const WORKERS: usize = 2;
const CONNECTIONS: usize = 2;
const WARM_UP: usize = 200;
const REQUESTS: usize = 2_000;
const ROUNDS: usize = 5;
/// A stuck server ends the benchmark instead of hanging it.
const DEADLINE: Duration = Duration::from_secs(30);

fn main() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let questions = support::golden_questions();
    let requests: Vec<Vec<u8>> = questions.iter().map(|question| request(question)).collect();
    let clock = Arc::new(SetClock::at(evaluation::default_time()));
    let engine = Arc::new(support::configuration().desk(clock).unwrap_or_else(|error| panic!("{error}")));
    let (bare, desk) = (serve_bare(&runtime), serve_desk(&runtime, Arc::clone(&engine)));

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("chat endpoint");
    for (name, address) in [("bare actix", bare), ("desk", desk)] {
        let mut connection = Connection::to(address);
        let mut next = requests.iter().cycle();
        group.bench_function(name, |bencher| bencher.iter(|| connection.ask(next.next().expect("a cycle"))));
    }
    group.finish();
    criterion.final_summary();
    if support::is_measured() {
        compare(bare, desk, &requests);
        compare_engine(bare, &engine, &requests, &questions);
    }
    runtime.shutdown_background();
}

/// Measures both in turn, so that whatever else the machine does meets both, and prints the median rounds.
fn compare(bare: SocketAddr, desk: SocketAddr, requests: &[Vec<u8>]) {
    let rounds: Vec<[Load; 2]> = (0..ROUNDS).map(|_| [Load::on(bare, requests), Load::on(desk, requests)]).collect();
    let [bare, desk] = [0, 1].map(|index| Load::median(rounds.iter().map(|round| round[index])));
    println!("chat endpoint: bare actix {bare}");
    println!("chat endpoint: desk       {desk}");
    let ratio = desk.cpu_per_request.as_secs_f64() / bare.cpu_per_request.as_secs_f64();
    let kept = support::kept(ratio <= MOST_TIMES_BARE);
    println!("chat endpoint: CPU ratio  {ratio:.1} (budget {MOST_TIMES_BARE}: {kept})");
}

/// The engine in the middle of two measurements of the bare endpoint, so that both meet the same machine.
fn compare_engine(bare: SocketAddr, engine: &InfoDesk, requests: &[Vec<u8>], questions: &[String]) {
    let mut rounds: Vec<(f64, Duration)> = (0..ROUNDS)
        .map(|_| {
            let before = Load::on(bare, requests).cpu_per_request;
            let of_engine = support::CpuTimes::of(questions, 20, |question| support::answer(engine, question)).mean();
            let bare = (before + Load::on(bare, requests).cpu_per_request) / 2;
            (of_engine.as_secs_f64() / bare.as_secs_f64(), of_engine)
        })
        .collect();
    rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (ratio, of_engine) = rounds[ROUNDS / 2];
    let there = BARE_WHERE_BUDGETS_WERE_SET.mul_f64(ratio);
    let kept = support::kept(there <= MOST_OF_ENGINE);
    let micros = |time: Duration| time.as_nanos() as f64 / 1000.0;
    println!(
        "engine alone: mean {:.1} µs CPU, {ratio:.1} times bare actix; where that takes {:.0} µs: {:.1} µs (budget {:.0} µs: {kept})",
        micros(of_engine),
        micros(BARE_WHERE_BUDGETS_WERE_SET),
        micros(there),
        micros(MOST_OF_ENGINE),
    );
}

/// The same body, parsed by actix's own extractor, and a small JSON for it.
async fn bare(question: web::Json<Question>) -> web::Json<Answer> {
    let Question { text, lang, conversation } = question.into_inner();
    web::Json(Answer { letters: text.len(), lang, conversation })
}

#[derive(Deserialize)]
struct Question {
    text: String,
    lang: Option<String>,
    conversation: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    letters: usize,
    lang: Option<String>,
    conversation: Option<String>,
}

fn serve_bare(runtime: &Runtime) -> SocketAddr {
    let _entered = runtime.enter();
    let server = HttpServer::new(|| App::new().route("/api/v1/messages", web::post().to(bare)));
    let server = server.workers(WORKERS).disable_signals().bind(any_port()).expect("loopback has a free port");
    let address = server.addrs()[0];
    runtime.spawn(server.run());
    address
}

fn serve_desk(runtime: &Runtime, desk: Arc<InfoDesk>) -> SocketAddr {
    let _entered = runtime.enter();
    // The limit is for strangers who ask too fast, which is what a benchmark does.
    let settings =
        ServerSettings { workers: Some(WORKERS), rate_per_minute: 0, ..ServerSettings::listening_on(any_port()) };
    let application = Application::build(settings, desk).expect("loopback has a free port");
    let address = application.address();
    runtime.spawn(application.run(pending(), pending()));
    address
}

fn any_port() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// A request as the widget sends it.
fn request(question: &str) -> Vec<u8> {
    let body = serde_json::json!({ "text": question, "lang": "de" }).to_string();
    format!(
        "POST /api/v1/messages HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// What many requests cost.
#[derive(Clone, Copy)]
struct Load {
    per_second: f64,
    cpu_per_request: Duration,
}

impl Load {
    /// Asks over several connections at once, each with the next question as soon as the last is answered.
    fn on(address: SocketAddr, requests: &[Vec<u8>]) -> Self {
        let start = Barrier::new(CONNECTIONS + 1);
        let client = || {
            let mut connection = Connection::to(address);
            let mut requests = requests.iter().cycle();
            requests.by_ref().take(WARM_UP).for_each(|request| connection.ask(request));
            start.wait();
            let before = support::cpu_time(ClockId::ThreadCPUTime);
            let deadline = Instant::now() + DEADLINE;
            for request in requests.take(REQUESTS) {
                connection.ask(request);
                assert!(Instant::now() < deadline, "the server is too slow to be measured");
            }
            support::cpu_time(ClockId::ThreadCPUTime) - before
        };
        std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(client)).collect();
            start.wait();
            let (began, before) = (Instant::now(), support::cpu_time(ClockId::ProcessCPUTime));
            let of_clients: Duration = clients.into_iter().map(|client| client.join().expect("a client")).sum();
            let of_server = (support::cpu_time(ClockId::ProcessCPUTime) - before).saturating_sub(of_clients);
            let count = CONNECTIONS * REQUESTS;
            let per_second = count as f64 / began.elapsed().as_secs_f64();
            Self { per_second, cpu_per_request: of_server / count as u32 }
        })
    }

    fn median(loads: impl Iterator<Item = Self>) -> Self {
        let mut loads: Vec<Self> = loads.collect();
        loads.sort_by_key(|load| load.cpu_per_request);
        loads[loads.len() / 2]
    }
}

impl std::fmt::Display for Load {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cpu = self.cpu_per_request.as_nanos() as f64 / 1000.0;
        write!(f, "{:>6.0} requests/s, {cpu:>6.1} µs CPU per request", self.per_second)
    }
}

/// A connection that is kept. A client of our own, because a real one would cost more than what is measured.
struct Connection {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn to(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).expect("the server listens");
        socket.set_nodelay(true).expect("a socket takes options");
        socket.set_read_timeout(Some(DEADLINE)).expect("a socket takes options");
        Self { socket, buffer: vec![0; 256 * 1024] }
    }

    /// Sends a request and reads the whole answer, which must be a good one.
    fn ask(&mut self, request: &[u8]) {
        self.socket.write_all(request).expect("the server reads");
        let mut filled = 0;
        let mut whole = usize::MAX;
        while filled < whole {
            let read = self.socket.read(&mut self.buffer[filled..]).expect("the server answers");
            assert!(read > 0, "the server hung up");
            filled += read;
            if whole == usize::MAX {
                whole = length(&self.buffer[..filled]).unwrap_or(usize::MAX);
            }
        }
    }
}

/// The length of an answer with its head; `None`: the head is not here yet.
fn length(answer: &[u8]) -> Option<usize> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).expect("a head is ASCII");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    let body = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
    });
    Some(end + 4 + body.expect("the length of an answer is said"))
}
