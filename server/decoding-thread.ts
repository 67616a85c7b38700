// The thread in which pushes are unpacked, read and verified (server/decoding.ts): one at a time, `open` and then `finish`.
import { parentPort } from 'node:worker_threads';
import { brotli, nodeHasher, nodeVerifier } from '../shared/node/crypto.ts';
import { encodeChangeSet } from '../shared/sync/change-set.ts';
import type { ChangeSet } from '../shared/sync/types.ts';
import type { DecodingAnswer, DecodingQuestion, Encoded, Part } from './decoding.ts';
import { PushDecoder } from './push-decoder.ts';
import { READY } from '../shared/node/threads/limited-thread.ts';

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
  const result = decoder!.finish(question);
  if (!result.ok) return { refusal: result.refusal };
  return { changeSets: partsOf(result.value), encoded: encodedTogether(result.value) };
}

const PART_BYTES = 1 << 20;

function partsOf(changeSets: readonly ChangeSet[]): Part[] {
  const parts: Part[] = [];
  let [from, bytes] = [0, 0];
  changeSets.forEach((changeSet, i) => {
    bytes += encodeChangeSet(changeSet).length;
    if (bytes < PART_BYTES && i < changeSets.length - 1) return;
    parts.push(JSON.stringify(changeSets.slice(from, i + 1)));
    [from, bytes] = [i + 1, 0];
  });
  return parts;
}

function encodedTogether(changeSets: readonly ChangeSet[]): Encoded {
  const each = changeSets.map(encodeChangeSet);
  const ends: number[] = [];
  let length = 0;
  for (const bytes of each) ends.push((length += bytes.length));
  const all = new Uint8Array(length);
  each.forEach((bytes, i) => all.set(bytes, ends[i]! - bytes.length));
  return { bytes: all, ends };
}

parentPort!.on('message', (question: DecodingQuestion) => {
  try {
    const answered = answer(question);
    parentPort!.postMessage({ answer: answered }, 'encoded' in answered ? [answered.encoded.bytes.buffer as ArrayBuffer] : []);
  } catch (error) {
    parentPort!.postMessage({ fault: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : 'unknown' });
  }
});
parentPort!.postMessage(READY);
