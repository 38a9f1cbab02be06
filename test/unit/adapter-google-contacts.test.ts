import { describe, expect, it } from 'vitest';
import { numberedColumns } from '../../adapters/google-contacts/numbered.ts';

const { read, write } = numberedColumns;

describe('the numbered columns of Google', () => {
  it('become lists in the order of their numbers, however many there are', () => {
    expect(
      read({
        'E-mail 10 - Value': 'ten@example.com',
        'E-mail 2 - Type': 'Work',
        'E-mail 2 - Value': 'two@example.com',
        'Phone 1 - Label': 'Mobile',
        'Phone 1 - Value': '600 000 001',
      }),
    ).toEqual({
      emails: [{ type: 'Work', value: 'two@example.com' }, { value: 'ten@example.com' }],
      phones: [{ label: 'Mobile', value: '600 000 001' }],
    });
  });

  it('tell several values of one cell apart, and the one that is preferred', () => {
    expect(
      read({
        'E-mail 1 - Label': 'Home',
        'E-mail 1 - Value': 'a@example.com ::: b@example.com',
        'E-mail 2 - Label': '* Work',
        'E-mail 2 - Value': 'c@example.com',
        'Phone 1 - Label': '*',
        'Phone 1 - Value': '600 000 001',
      }),
    ).toEqual({
      emails: [
        { label: 'Home', value: ['a@example.com', 'b@example.com'] },
        { label: 'Work', isPreferred: 'true', value: 'c@example.com' },
      ],
      preferredEmail: 'c@example.com',
      phones: [{ label: '', isPreferred: 'true', value: '600 000 001' }],
      preferredPhone: '600 000 001',
    });
  });

  it('set the first address apart', () => {
    expect(
      read({
        'Address 1 - Type': 'Home',
        'Address 1 - City': 'Alicante ::: Elche',
        'Address 1 - Country': 'ES',
        'Address 2 - City': 'Altea',
      }),
    ).toEqual({
      address: { type: 'Home', city: 'Alicante', country: 'ES' },
      otherAddresses: [{ type: 'Home', city: 'Elche' }, { city: 'Altea' }],
    });
  });

  it('leave every other column as it is, also one with a number of its own', () => {
    const cells = { 'First Name': 'Ana', 'Organization 2 - Name': 'B', 'E-mail 1 - Yomi': 'c' };
    expect(read(cells)).toEqual(cells);
  });

  it('know the labels of people from the groups of Google', () => {
    expect(read({ Labels: '* myContacts ::: Clientes ::: VIP' })).toEqual({
      Labels: ['Clientes', 'VIP'],
      googleGroups: ['myContacts'],
    });
    expect(read({ Labels: '* myContacts' })).toEqual({ Labels: [], googleGroups: ['myContacts'] });
  });

  it('say the same when they are written and read again', () => {
    const fields = read({
      'First Name': 'Ana',
      Labels: 'Clientes ::: * myContacts',
      'E-mail 1 - Label': 'Home',
      'E-mail 1 - Value': 'a@example.com ::: b@example.com',
      'E-mail 2 - Label': '* Work',
      'E-mail 2 - Value': 'c@example.com',
      'Phone 1 - Label': '*',
      'Phone 1 - Value': '600 000 001',
      'Address 1 - City': 'Alicante ::: Elche',
      'Website 3 - Value': 'https://ana.example.com',
      'Custom Field 1 - Label': 'NIF',
      'Custom Field 1 - Value': '00000000T',
    });
    const cells = write(fields);
    expect(cells['E-mail 1 - Value']).toBe('a@example.com ::: b@example.com');
    expect(read(cells)).toEqual(fields);
  });
});
