// What every platform of ours (Node, Electron's window, a phone's browser) has beside ES2023; only for shared/tsconfig.json.
declare class TextEncoder {
  encode(text?: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(data?: Uint8Array): string;
}
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
