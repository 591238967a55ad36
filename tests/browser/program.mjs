// The real program, started as an operator starts it: own data folder, free port, settings of the repository.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const BINARY = process.env.AUSKUNFT_BIN ?? join(ROOT, "target/debug/auskunft");

/** A debug build on a busy machine. */
const START_MS = 60_000;
const STOP_MS = 20_000;

export class Program {
  #process;
  #folder;
  /** Everything it logged. */
  log = "";

  /** `configure` may change a copy of the repository's configuration before the program reads it. */
  static async start(configure) {
    const program = new Program();
    program.#folder = await mkdtemp(join(tmpdir(), "auskunft-browser-"));
    let config = join(ROOT, "config");
    if (configure) {
      const copy = join(program.#folder, "config");
      await cp(config, copy, { recursive: true });
      await configure(copy);
      config = copy;
    }
    try {
      await program.#run(config);
    } catch (error) {
      program.#process.kill("SIGKILL");
      await rm(program.#folder, { recursive: true, force: true });
      throw error;
    }
    return program;
  }

  async #run(config) {
    const settings = { AUSKUNFT_CONFIG: config, AUSKUNFT_LISTEN: "127.0.0.1:0", AUSKUNFT_DATA: join(this.#folder, "data") };
    // Somebody's token in the environment must not start a bot here.
    const { TELOXIDE_TOKEN, ...environment } = process.env;
    this.#process = spawn(BINARY, { cwd: ROOT, env: { ...environment, ...settings }, stdio: ["ignore", "pipe", "pipe"] });
    this.#process.stderr.setEncoding("utf8").on("data", (text) => (this.log += text));
    let printed = "";
    const ready = new Promise((resolve, reject) => {
      this.#process.once("error", (error) => reject(new Error(`${BINARY} does not start (${error.code}): build it, or set AUSKUNFT_BIN`)));
      this.#process.once("exit", (code) => reject(new Error(`the program ended with ${code} before it was ready:\n${printed}${this.log}`)));
      this.#process.stdout.setEncoding("utf8").on("data", (text) => {
        printed += text;
        const address = /ready at (http:\/\/\S+)/.exec(printed);
        if (address) resolve(address[1]);
      });
    });
    this.origin = new URL(await within(START_MS, ready, "the program to be ready")).origin;
  }

  /** Whatever crashed or went wrong inside fails the test that caused it. */
  async stop() {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const [code] = await within(STOP_MS, ended, "the program to stop").finally(() => this.#process.kill("SIGKILL"));
    await rm(this.#folder, { recursive: true, force: true });
    assert.equal(code, 0, `the program ended with ${code}:\n${this.log}`);
    assert.doesNotMatch(this.log, / ERROR |panicked/);
  }
}

async function within(milliseconds, promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${milliseconds / 1000} s for ${what}`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
