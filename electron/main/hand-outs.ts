import type { HandedOut, ToEngineProcess } from '../../shared/contract/engine-process.ts';

/** Copies of files that were asked of the engine: it alone knows where files lie. */
export interface HandOuts {
  /** Has a copy written to a path of the shell's own choosing; fulfilled when the engine has answered, or is gone. */
  ask(sha256: string, to: string): Promise<HandedOut>;
  answered(id: number, outcome: HandedOut): void;
  allFailed(): void;
}

export function handOutsBy(post: (message: ToEngineProcess) => void): HandOuts {
  const unanswered = new Map<number, (outcome: HandedOut) => void>();
  let last = 0;
  const answered = (id: number, outcome: HandedOut): void => {
    unanswered.get(id)?.(outcome);
    unanswered.delete(id);
  };
  return {
    ask: (sha256, to) =>
      new Promise((resolve) => {
        const id = ++last;
        unanswered.set(id, resolve);
        post({ type: 'handOut', id, sha256, to });
      }),
    answered,
    allFailed() {
      for (const id of unanswered.keys()) answered(id, 'failed');
    },
  };
}
