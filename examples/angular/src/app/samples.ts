/** Texts to begin with. Each shows another way for an answer to go. */
export interface Sample {
  readonly label: string;
  readonly text: string;
}

const signature = `Kind regards,
Marlene Okafor
Northlight Joinery Ltd.
14 Canal Row, Leeds LS1 4DY
Phone: +44 113 496 0182
marlene@northlight-joinery.example`;

const order = `Hello,

as agreed on the phone, please send us the following by the end of the month:

- 3 x Oak shelf, 80 cm at £49.90
- 12 x Steel bracket, black at £6.25
- 1 x Delivery to Leeds at £18.00

The invoice can go to the address below.

${signature}`;

export const samples: readonly Sample[] = [
  { label: 'Order', text: order },
  { label: 'Numbers as words', text: order.replace('12 x', 'Twelve').replace('1 x', 'One') },
  { label: 'Article number', text: order.replace('Oak shelf, 80 cm', 'A-417') },
  { label: 'Card number', text: order.replace('The invoice', 'Charge 4111 1111 1111 1111. The invoice') },
  {
    label: 'Too long',
    text: order.replace(
      /- 1 x.*/,
      Array.from({ length: 60 }, (_, index) => `- ${index + 2} x Drawer front no. ${index + 1} at £21.50`).join('\n'),
    ),
  },
];
