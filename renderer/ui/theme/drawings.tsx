import type { ReactNode } from 'react';

/** Line drawings for empty states: ink lines, one touch of ochre, legible in both themes. */
function drawing(lines: ReactNode, accent: ReactNode) {
  return function Drawing() {
    return (
      <svg
        width={200}
        height={128}
        viewBox="0 0 200 128"
        fill="none"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        <g stroke="var(--muted)">{lines}</g>
        <g stroke="var(--accent)" strokeWidth={2}>
          {accent}
        </g>
      </svg>
    );
  };
}

/** A room before it fills: a board, a table, chairs. */
export const EmptyRoom = drawing(
  <>
    <path d="M14 112h172" />
    <path d="M62 14h76v44H62zM100 58v8M88 74l12-8 12 8" />
    <path d="M52 92h96M60 92v20M140 92v20" />
    <path d="M26 84v14h14M26 98v14M40 98v14M174 84v14h-14M174 98v14M160 98v14" />
  </>,
  <path d="M74 28h40M74 38h52M74 48h24" />,
);

/** A shelf with books, one leaning. */
export const EmptyShelf = drawing(
  <>
    <path d="M24 104h152M32 104v12M168 104v12" />
    <path d="M44 44h14v60H44zM58 36h12v68H58zM70 50h16v54H70zM118 48h14v56h-14zM132 40h18v64h-18z" />
    <path d="M44 56h14M58 48h12M136 52h10" />
  </>,
  <path d="m92 104 12-58 11 2.4L103 104z" />,
);

/** A list without names. */
export const EmptyList = drawing(
  <>
    <path d="M58 12h84v104H58z" />
    <circle cx="74" cy="34" r="5" />
    <circle cx="74" cy="58" r="5" />
    <circle cx="74" cy="82" r="5" />
    <path d="M88 34h40M88 58h34M88 82h40" />
  </>,
  <path d="m70 100 4 4 8-9M92 102h26" />,
);

/** A road that winds to the horizon: nothing planned yet. */
export const OpenRoad = drawing(
  <>
    <path d="M8 70h96M162 70h30" />
    <path d="M14 70c14-22 32-24 46-6 8-10 18-10 26 6" />
    <path d="M34 122c50-6 26-26 62-34 24-5 34-10 34-18M104 122c24-8-8-18 18-30 14-6 18-14 16-22" />
  </>,
  <>
    <path d="M113 70a21 21 0 0 1 42 0" />
    <path d="M134 36v-9M110 47l-6-6M158 47l6-6M99 61l-8-3M169 61l8-3" />
  </>,
);

/** A sheet with unmarked cells. */
export const EmptyGrid = drawing(
  <>
    <path d="M40 22h120v84H40zM40 43h120M40 64h120M40 85h120M88 22v84M112 22v84M136 22v84" />
    <path d="M50 33h28M50 54h22M50 75h26M50 96h20" />
  </>,
  <>
    <circle cx="100" cy="54" r="5" />
    <circle cx="124" cy="54" r="5" />
    <circle cx="148" cy="54" r="5" />
  </>,
);

/** A sheet of questions and a pencil. */
export const EmptySheet = drawing(
  <>
    <path d="M54 14h72v100H54z" />
    <path d="M66 32h44M66 40h30M66 62h44M66 70h24M66 92h44" />
    <path d="M66 50h6M78 50h6M90 50h6M66 80h6M78 80h6M90 80h6" />
  </>,
  <path d="m122 92 26-44 9 5-26 44-10 6zM144 55l9 5" />,
);

/** Columns waiting for figures. */
export const EmptyChart = drawing(
  <>
    <path d="M40 16v92h124" />
    <path d="M58 108V84h14v24M84 108V62h14v46M110 108V74h14v34M136 108V44h14v64" />
  </>,
  <path d="M60 58 90 38l26 12 30-26" />,
);

/** Two laptops and what goes between them. */
export const TwoLaptops = drawing(
  <>
    <path d="M20 52h52v34H20zM12 96h68l-8-10H20zM128 52h52v34h-52zM120 96h68l-8-10h-52z" />
    <path d="M28 62h22M28 70h14M136 62h22M136 70h14" />
  </>,
  <>
    <path d="M84 36c8-12 24-12 32 0M112 28l4 8-9 1" />
    <path d="M116 108c-8 10-24 10-32 0M88 116l-4-8 9-1" />
  </>,
);
