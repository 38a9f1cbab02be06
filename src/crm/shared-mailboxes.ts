/**
 * Names of mailboxes that stand for an office and not for a person, before the `@` and without digits (`info2@…`).
 * Two people with such an address are not one person for that.
 */
export const sharedMailboxes: readonly string[] = [
  // English
  'info, information, contact, contacts, office, admin, administrator, administration, mail, email, hello, hi',
  'sales, support, service, services, help, team, reception, booking, bookings, reservations, enquiries, inquiries',
  'accounts, accounting, billing, invoices, finance, hr, jobs, legal, marketing, press, news, newsletter, webmaster',
  'noreply, no-reply, donotreply, postmaster, lettings, rentals, properties, realestate, agency, company, general',
  // Spanish and Catalan
  'informacion, informacio, contacto, contacte, oficina, administracion, administracio, gerencia, direccion, correo',
  'hola, ventas, vendes, comercial, alquileres, alquiler, lloguer, reservas, atencion, atencioncliente, clientes',
  'facturas, facturacion, contabilidad, gestion, secretaria, recepcion, recepcio, inmobiliaria, inmo, soporte',
  'rrhh, publicidad, prensa, notaria, notario, abogados, despacho, asesoria, gestoria, bufete, arquitectos, estudio',
  // French, German, Dutch, Italian, Portuguese
  'bonjour, bureau, accueil, ventes, commercial, direction, agence, kontakt, buero, büro, verkauf, vertrieb, post',
  'empfang, verwaltung, buchhaltung, rechnung, immobilien, contatto, amministrazione, vendite, segreteria, ufficio',
  'verkoop, algemeen, kantoor, receptie, administratie, makelaar, makelaardij, vendas, geral, escritorio, recepcao',
].flatMap((line) => line.split(', '));
