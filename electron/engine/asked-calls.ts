import type { AskedCall, Question } from '../../shared/contract/engine-process.ts';
import { desktopContract } from '../../shared/contract/desktop.ts';
import type { CallContext, Dispatcher, Speak } from '../../shared/contract/rpc.ts';
import { isPrivateAddress } from '../../shared/features/sync/lan-address.ts';

/** The function that puts a question to the user in a dialog that no page can answer, and returns whether they said yes. */
export type Ask = (question: Question) => Promise<boolean>;

type Args = Readonly<Record<string, unknown>>;
/** Asks the engine itself for a read's answer; null where it refuses. */
type Look = (name: string, args: unknown) => Promise<Args | null>;

/**
 * The calls by which records leave this laptop for somebody new, or are destroyed, and what the user is told of each: the address, the
 * name. Null: this one needs no question. What is told comes from the arguments that will be performed, and from the engine.
 */
const QUESTIONS: { readonly [C in AskedCall]: (args: Args, look: Look) => Promise<Question['values'] | null> | Question['values'] | null } =
  {
    'sync.enrol': ({ url, name }) => ({ address: text(url), name: text(name) }),
    'sync.lanOpen': () => ({}),
    'sync.lanServe': () => ({}),
    // In the room an address is a number of a private network; any other may lie anywhere, and its name alone can tell something.
    'sync.lanPair': ({ address }) => (isPrivateAddress(text(address)) ? null : { address: text(address) }),
    'sync.lanRun': ({ address }) => (address === undefined || isPrivateAddress(text(address)) ? null : { address: text(address) }),
    'sync.lanConfirm': async ({ equal }, look) => {
      const pairing = equal === true ? (await look('sync.lanStatus', {}))?.['pairing'] : null;
      return isRecord(pairing) ? { code: text(pairing['code']), name: text(pairing['name']) } : null;
    },
    'people.erase': async ({ id }, look) => {
      const person = (await look('people.open', { id }))?.['participant'];
      return { name: isRecord(person) ? `${text(person['givenName'])} ${text(person['familyName'])}` : text(id) };
    },
    'store.restore': ({ path }) => ({ name: text(path).split(/[\\/]/).at(-1)! }),
  };

/**
 * Returns the calls as a window may make them, which is not trusted: those above are performed only after the user said yes to exactly these arguments, once.
 * One question is open at a time; what is asked meanwhile is refused (`call.busy`), and a no is `shell.cancelled`.
 */
export function confirmCalls(dispatcher: Dispatcher, ask: Ask, speak: Speak): Dispatcher {
  let asking = false;
  const refused = (code: string) => ({ ok: false as const, error: { code, details: {}, message: speak({ code, details: {} }) } });
  const look: Look = async (name, args) => {
    const answer = await dispatcher.dispatch(name, args, QUIET);
    return answer.ok && isRecord(answer.result) ? answer.result : null;
  };
  return {
    async dispatch(name, args, context) {
      if (!isAsked(name)) return dispatcher.dispatch(name, args, context);
      // What is told and what is performed is this copy of them.
      const parsed = desktopContract[name].args.safeParse(args ?? {});
      // The engine says what is wrong with them.
      if (!parsed.success) return dispatcher.dispatch(name, args, context);
      if (asking) return refused('call.busy');
      asking = true;
      try {
        const values = await QUESTIONS[name](parsed.data, look);
        if (values !== null && !(await ask({ call: name, values }))) return refused('shell.cancelled');
      } finally {
        asking = false;
      }
      return dispatcher.dispatch(name, parsed.data, context);
    },
  };
}

const QUIET: CallContext = { caller: { door: 'window' }, signal: new AbortController().signal, progress: () => undefined };

function isAsked(name: string): name is AskedCall {
  return Object.hasOwn(QUESTIONS, name);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Args {
  return typeof value === 'object' && value !== null;
}
