import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { badgeProofs } from '../../../electron/engine/features/award/badge-proof.ts';
import { didOfKey } from '../../../shared/features/award/did-key.ts';
import { BADGE_CONTEXTS, writeBadge, type Badge } from '../../../shared/features/award/open-badge.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import type { Dice } from '../dice.ts';
import { ROOT } from '../laptops/engine.ts';

type Alter = (own: string, other: string, dice: Dice, stranger: Signer) => string | Promise<string>;
type Node = Record<string, unknown>;

const SIGNS = [...'0123456789abcdefXYZ{}[]",:\\é#/'];

/** The ways in which a badge is altered; some may leave it as it was. `other`: a badge of somebody else in the same workshop. */
export const ALTERATIONS: Readonly<Record<string, Alter>> = {
  signChanged: (own, _, dice) => {
    const at = dice.upTo(own.length);
    return own.slice(0, at) + dice.oneOf(SIGNS) + own.slice(at + 1);
  },
  signAdded: (own, _, dice) => {
    const at = dice.upTo(own.length);
    return own.slice(0, at) + dice.oneOf(SIGNS) + own.slice(at);
  },
  signRemoved: (own, _, dice) => {
    const at = dice.upTo(own.length);
    return own.slice(0, at) + own.slice(at + 1);
  },
  fieldRemoved: (own, _, dice) =>
    changed(own, dice, (node, key) => {
      delete node[key];
    }),
  fieldOfAnother: (own, other, dice) => {
    const from = JSON.parse(other) as Node;
    return changed(own, dice, (node, key, steps) => {
      node[key] = steps.reduce<unknown>((value, step) => (value as Node)[step], from);
    });
  },
  fieldChanged: (own, _, dice) =>
    changed(own, dice, (node, key) => {
      node[key] = dice.oneOf<unknown>(['', null, 0, true, [], {}, 'x', [node[key]], `${JSON.stringify(node[key])} `, { value: node[key] }]);
    }),
  fieldAdded: (own, _, dice) =>
    changed(own, dice, (node) => {
      const added = [
        ...[
          ['validUntil', '2099-01-01T00:00:00Z'],
          ['credentialStatus', { id: 'https://example.org/s', type: 'BitstringStatusListEntry' }],
        ],
        ...[
          ['id', 'urn:x:1'],
          ['email', 'a@example.org'],
          ['@context', 'https://example.org/c'],
          ['@id', 'urn:x:2'],
          ['expires', '2099-01-01T00:00:00Z'],
        ],
      ] as const;
      const [key, value] = dice.oneOf<readonly [string, unknown]>(added);
      node[key] = value;
    }),
  keySaidTwice: (own, _, dice) => own.replace(/"(name|id|validFrom|licenseNumber)": "/, `$&${dice.hex(4)}", "$1": "`),
  listTurned: (own, _, dice) => {
    const said = JSON.parse(own) as Record<string, unknown[]>;
    said[dice.oneOf(['@context', 'type'])]!.reverse();
    return JSON.stringify(said);
  },
  listDoubled: (own, _, dice) =>
    changed(own, dice, (node, key) => {
      if (Array.isArray(node[key])) node[key] = [...(node[key] as unknown[]), ...(node[key] as unknown[])];
    }),
  contextAdded: (own, _, dice) => {
    const said = JSON.parse(own) as { '@context': unknown[] };
    const added = ['https://w3id.org/security/v2', 'https://example.org/c.json', { name: 'https://schema.org/email' }, BADGE_CONTEXTS[1]];
    said['@context'].splice(dice.upTo(3), 0, dice.oneOf(added));
    return JSON.stringify(said);
  },
  contextChanged: (own, _, dice) => own.replace('context-3.0.3', dice.oneOf(['context', 'context-3.0.2', 'context-3.0.1'])),
  proofOfAnother: (own, other) => JSON.stringify({ ...read(own), proof: read(other).proof }),
  proofValueOfAnother: (own, other) => {
    const said = read(own);
    return JSON.stringify({ ...said, proof: [{ ...said.proof[0], proofValue: read(other).proof[0].proofValue }] });
  },
  proofAdded: (own, other) => JSON.stringify({ ...read(own), proof: [...read(own).proof, ...read(other).proof] }),
  proofAlone: (own) => JSON.stringify({ ...read(own), proof: read(own).proof[0] }),
  /** All right but for the key: nobody's here. */
  signedByAnother: async (own, _, __, stranger) => {
    const { proof: _proof, ...said } = read(own);
    const unsigned = { ...said, issuer: { ...said.issuer, id: didOfKey(stranger.publicKey) } };
    return writeBadge(await badgeProofs(path.join(ROOT, 'resources')).sign(unsigned, stranger));
  },
  /** The issuer's name under another's signature. */
  signedForAnother: async (own, _, __, stranger) => {
    const { proof: _proof, ...said } = read(own);
    return writeBadge(await badgeProofs(path.join(ROOT, 'resources')).sign(said, stranger));
  },
  issuerChanged: (own, _, __, stranger) => own.replaceAll(read(own).issuer.id.slice(8), didOfKey(stranger.publicKey).slice(8)),
};

/** A badge in which one field of one of its objects was changed. */
function changed(own: string, dice: Dice, change: (node: Node, key: string, steps: readonly string[]) => void): string {
  const said = JSON.parse(own) as Node;
  const places: { node: Node; key: string; steps: string[] }[] = [];
  const walk = (node: Node, above: readonly string[]): void => {
    for (const [key, value] of Object.entries(node)) {
      const steps = [...above, key];
      if (!Array.isArray(node)) places.push({ node, key, steps });
      if (typeof value === 'object' && value !== null) walk(value as Node, steps);
    }
  };
  walk(said, []);
  const { node, key, steps } = dice.oneOf(places);
  change(node, key, steps);
  return JSON.stringify(said, null, 2);
}

/** Whether two texts say the same badge, laid out in two ways. */
export function isSameBadge(a: string, b: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a), JSON.parse(b)) && (b.match(/":/g)?.length ?? 0) === (a.match(/":/g)?.length ?? 0);
  } catch {
    return false;
  }
}

function read(text: string): Badge {
  return JSON.parse(text) as Badge;
}
