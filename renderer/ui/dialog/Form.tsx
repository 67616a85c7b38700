import type { ComponentProps, SyntheticEvent } from 'react';

/** Marks a field whose text means nothing yet: it chose nothing of a list, or is no date. */
export function unsettled(is: boolean): { readonly 'data-unsettled'?: true } {
  return is ? { 'data-unsettled': true } : {};
}

/** Whether a part of the page holds a field whose text means nothing yet; that field then has the focus. */
export function goToUnsettled(within: ParentNode | null): boolean {
  const field = within?.querySelector<HTMLElement>('[data-unsettled]');
  field?.focus();
  return field !== null && field !== undefined;
}

interface Props extends Omit<ComponentProps<'form'>, 'onSubmit' | 'noValidate'> {
  onSubmit(): void;
}

/** A form that is not sent while the text of a field means nothing: that field gets the focus and says why. */
export function Form({ onSubmit, ...props }: Props) {
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!goToUnsettled(event.currentTarget)) onSubmit();
  };
  return <form noValidate onSubmit={submit} {...props} />;
}
