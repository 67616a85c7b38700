import { blocksOn, paragraphsOf, type Block, type BlockOf, type Document } from '../../../../shared/features/document/blocks.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './DocumentSheet.module.css';
import { Facts } from './Facts.tsx';
import { Chart, TableOfRows } from './Tables.tsx';

interface Props {
  readonly document: Document;
  /** What a test finds a figure by: `report-people`. */
  readonly name: string;
}

/** A document as it will be read, wholly in its own language, which need not be the screen's. */
export function DocumentSheet({ document, name }: Props) {
  return (
    <article className={classes.root} lang={document.language}>
      <Rows of={blocksOn('page', document)} as="div" by={(_, index) => index}>
        {(block) => <BlockShown block={block} name={name} />}
      </Rows>
    </article>
  );
}

function BlockShown({ block, name }: { readonly block: Block; readonly name: string }) {
  switch (block.is) {
    case 'heading':
      return <Heading block={block} />;
    case 'facts':
      return <Facts block={block} name={name} />;
    case 'table':
      return <TableOfRows table={block} />;
    case 'chart':
      return <Chart block={block} />;
    case 'prose':
      return <Prose block={block} />;
    case 'note':
      return <p className={classes.note}>{block.text}</p>;
    case 'signature':
      return <Signature block={block} />;
  }
}

/** The page that shows a document has a heading of its own above. */
function Heading({ block: { level, text, lead } }: { readonly block: BlockOf<'heading'> }) {
  if (level === 2) return <h3 className={classes.part}>{text}</h3>;
  return (
    <header>
      <h2 className={classes.title}>{text}</h2>
      {lead !== undefined && <p className={classes.lead}>{lead}</p>}
    </header>
  );
}

function Prose({ block }: { readonly block: BlockOf<'prose'> }) {
  return (
    <div className={classes.prose}>
      <Rows of={paragraphsOf(block)} as="div" by={(_, at) => at}>
        {(text) => <p>{text}</p>}
      </Rows>
    </div>
  );
}

/** A line to sign on for each, with the name and what they sign as beneath. */
function Signature({ block: { signers } }: { readonly block: BlockOf<'signature'> }) {
  return (
    <ul className={classes.signers}>
      <Rows of={signers} as="li" by={({ key }) => key}>
        {({ role, name }) => (
          <li className={classes.signer}>
            {name !== '' && <span>{name}</span>}
            <span className={classes.role}>{role}</span>
          </li>
        )}
      </Rows>
    </ul>
  );
}
