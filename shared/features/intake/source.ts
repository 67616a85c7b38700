// What stages of the intake know of a file: the kernel's, as adapters that read files may know nothing of features.
export * from '../../kernel/source.ts';
