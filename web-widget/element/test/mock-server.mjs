// The outside world: a desk with a memory, and a town's website on another origin.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { greeting, text } from "./replies.mjs";

const WIDGET = new URL("../dist/widget.js", import.meta.url);

export class MockDesk {
  /** Questions as they arrived, oldest first. */
  questions = [];
  greetings = [];
  /** Verdicts on answers as they arrived. */
  verdicts = [];
  /** What is offered to somebody who types, and what had been typed by then. */
  suggestions = [];
  typed = [];
  headers = [];
  #plans = [];
  #waiting = [];
  #server = createServer((request, response) => this.#handle(request, response));

  async start(host = "127.0.0.1") {
    this.origin = await listen(this.#server, host);
    return this;
  }

  stop() {
    return close(this.#server);
  }

  /** How the next questions are answered; without a plan it is a text. */
  answers(...replies) {
    this.#plans.push(...replies.map((body) => ({ status: 200, body })));
  }

  fails(status, message, code = "mocked") {
    this.#plans.push({ status, body: message ? { error: { code, message } } : "<html>broken</html>" });
  }

  drops() {
    this.#plans.push("drop");
  }

  /** The next request stays open until `release`. */
  hangs() {
    this.#plans.push("hang");
  }

  /** Resolves with a function that answers the request now hanging. */
  async hanging() {
    while (this.#waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    return this.#waiting.shift();
  }

  async #handle(request, response) {
    this.headers.push(request.headers);
    const url = new URL(request.url, this.origin);
    response.setHeader("access-control-allow-origin", "*");
    if (request.method === "OPTIONS") {
      response.writeHead(204, { "access-control-allow-headers": "content-type", "access-control-allow-methods": "GET, POST" });
      return response.end();
    }
    if (url.pathname === "/widget.js") {
      response.setHeader("content-type", "application/javascript; charset=utf-8");
      return response.end(await readFile(WIDGET));
    }
    if (url.pathname === "/api/v1/suggest") {
      this.typed.push(url.searchParams.get("q"));
      return send(response, { status: 200, body: { suggestions: this.suggestions } });
    }
    const body = await readBody(request);
    if (url.pathname === "/api/v1/greeting") this.greetings.push(url.searchParams.get("lang"));
    else if (url.pathname === "/api/v1/messages") this.questions.push(JSON.parse(body));
    else if (url.pathname === "/api/v1/feedback") this.verdicts.push(JSON.parse(body));
    else return response.writeHead(404).end();
    const usual = { greeting, messages: text }[url.pathname.split("/").pop()];
    const plan = this.#plans.shift() ?? { status: usual ? 200 : 204, body: usual ?? "" };
    if (plan === "drop") {
      // In the midst of the answer: a line that drops before it, the browser repairs by itself.
      response.writeHead(200, { "content-length": 1000 });
      return response.write("{", () => request.socket.destroy());
    }
    if (plan === "hang") return this.#waiting.push((late = text) => send(response, { status: 200, body: late }));
    return send(response, plan);
  }
}

/** A page of the town on its own origin. `html` may use `${desk}`. */
export class Town {
  pages = new Map();
  #server = createServer((request, response) => {
    const page = this.pages.get(new URL(request.url, "http://town").pathname);
    if (!page) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": page.type ?? "text/html; charset=utf-8", ...(page.csp ? { "content-security-policy": page.csp } : {}) });
    return response.end(page.body);
  });

  async start(host = "127.0.0.2") {
    this.origin = await listen(this.#server, host);
    return this;
  }

  stop() {
    return close(this.#server);
  }

  publish(path, body, more = {}) {
    this.pages.set(path, { body, ...more });
    return this.origin + path;
  }
}

export function townPage(desk, { attributes = "", lang = "de", more = "" } = {}) {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stadt</title></head>
<body><main><h1>Willkommen</h1><p><button id="page">Knopf der Seite</button></p></main>
<auskunft-chat ${attributes}><a href="/faq">Fragen und Antworten</a></auskunft-chat>
<script src="${desk.origin}/widget.js" defer></script>${more}</body></html>`;
}

function send(response, { status, body }) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

function listen(server, host) {
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve(`http://${host}:${server.address().port}`));
  });
}

function close(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}
