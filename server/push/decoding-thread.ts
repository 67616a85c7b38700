// The thread in which pushes are unpacked, read and verified (server/push/decoding.ts): one at a time, `open` and then `finish`.
import { parentPort } from 'node:worker_threads';
import { brotli, nodeHasher, nodeVerifier } from '../../shared/node/crypto.ts';
import { READY } from '../../shared/node/threads/limited-thread.ts';
import { encodeChangeSet } from '../../shared/sync/change-set.ts';
import type { ChangeSet } from '../../shared/sync/types.ts';
import { packPart } from './decoded-part.ts';
import type { DecodingAnswer, DecodingQuestion } from './decoding.ts';
import { PushDecoder } from './push-decoder.ts';

const ports = { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() };
let opened: PushDecoder | null = null;

function answer(question: DecodingQuestion): DecodingAnswer {
  if (question.step === 'open') {
    opened = new PushDecoder(ports);
    const result = opened.open(question.body, question);
    return result.ok ? { opened: result.value } : { refusal: result.refusal };
  }
  const decoder = opened;
  opened = null;
  const parts = new Parts();
  const result = decoder!.finish(question, (changeSet) => parts.add(changeSet));
  if (!result.ok) return { refusal: result.refusal };
  parts.send();
  return { changeSets: result.value.length };
}

/** About a hundred marks: while one part is looked up and read by whoever asked, the next is made. */
const PART_BYTES = 1 << 16;

/** Sends what is made while the rest is made. */
class Parts {
  #made: ChangeSet[] = [];
  #bytes = 0;

  add(changeSet: ChangeSet): void {
    this.#made.push(changeSet);
    this.#bytes += encodeChangeSet(changeSet).length;
    if (this.#bytes >= PART_BYTES) this.send();
  }

  send(): void {
    if (this.#made.length === 0) return;
    const part = packPart(this.#made);
    parentPort!.postMessage({ part }, [part.bytes.buffer as ArrayBuffer]);
    this.#made = [];
    this.#bytes = 0;
  }
}

parentPort!.on('message', (question: DecodingQuestion) => {
  try {
    parentPort!.postMessage({ answer: answer(question) });
  } catch (error) {
    parentPort!.postMessage({ fault: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : 'unknown' });
  }
});
parentPort!.postMessage(READY);
