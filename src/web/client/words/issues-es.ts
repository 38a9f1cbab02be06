import { issueWords } from './issues-en.ts';

export const issuesEs = issueWords({
  REQUIRED_VALUE_MISSING: {
    title: 'Falta un valor obligatorio',
    says: '{column} no tiene ningún valor que se pueda usar.',
    cure: 'Rellene la celda.',
  },
  RECORD_INCOMPLETE: {
    title: 'Incompleta',
    says: 'Falta: {columns}.',
    cure: 'Se marca como incompleta. Rellene la celda, o hágalo después en el CRM.',
  },
  RECORD_MALFORMED: {
    title: 'Una fila no se puede leer',
    says: 'Esta fila no se puede leer: {reason}.',
    cure: 'Corrija este lugar del archivo. Las filas de antes y después se han leído.',
  },
  RECORD_UNREADABLE: {
    title: 'Una fila no se puede leer',
    says: 'En el lugar de una fila hay {value}.',
    cure: 'Mire este lugar del archivo.',
  },
  DUPLICATE_ID: {
    title: 'Dos filas tienen el mismo número',
    says: 'Otra fila tiene el mismo número en el origen.',
    cure: 'Se importa la última. Compruebe cuál es la correcta.',
  },
  DUPLICATE_ROW: {
    title: 'Corresponde a otra fila',
    says: 'Otra fila corresponde a la misma persona o cosa.',
    cure: 'Está una sola vez; no hay que hacer nada.',
  },
  REFUSED_BY_DATABASE: {
    title: 'La base de datos rechaza la fila',
    says: 'La base de datos rechaza la fila: {reason}.',
    cure: 'Avísenos: debería haberse visto antes.',
  },
  ENCODING_UNCERTAIN: {
    title: 'La codificación se ha adivinado',
    says: 'La codificación se ha tenido que adivinar: {encoding}.',
    cure: 'Si las palabras con acentos se ven mal, elija otra en «Lectura».',
  },
  DELIMITER_UNCERTAIN: {
    title: 'Varios caracteres podrían separar las celdas',
    says: 'Varios caracteres podrían separar las celdas; se ha tomado {value}.',
    cure: 'Mire las primeras filas en «Lectura».',
  },
  HEADER_REPEATED: {
    title: 'Dos columnas se llaman igual',
    says: 'La columna «{value}» está más de una vez.',
    cure: 'Las demás llevan un número detrás del nombre.',
  },
  ROW_TOO_SHORT: {
    title: 'A la fila le faltan celdas',
    says: 'La fila tiene {cells} celdas y la cabecera {columns}.',
    cure: 'Las celdas que faltan quedan vacías. Compruebe que ningún salto de línea parte la fila.',
  },
  ROW_TOO_LONG: {
    title: 'A la fila le sobran celdas',
    says: 'La fila tiene {cells} celdas y la cabecera {columns}.',
    cure: 'Lo que sobra se conserva. Compruebe que las celdas con comas llevan comillas.',
  },
  ROWS_EMPTY: {
    title: 'Filas vacías',
    says: 'Hay {rows} filas vacías.',
    cure: 'No se importan; no hay que hacer nada.',
  },
  COLUMN_DATES_AMBIGUOUS: {
    title: 'Fechas que se pueden leer de dos formas',
    says: 'Cada fecha de la columna se puede leer de varias formas, como {value}.',
    cure: 'Diga en «Columnas» cómo están escritas. Hasta entonces quedan vacías, y se conservan los originales.',
  },
  COLUMN_DATES_CONTRADICT: {
    title: 'Fechas escritas de dos formas',
    says: 'Unas fechas se escriben como {value}, otras como {other}.',
    cure: 'Corrija las que no encajan, o diga en «Columnas» cómo están escritas.',
  },
  COLUMN_DATES_BORROWED: {
    title: 'Fechas leídas como las de otra columna',
    says: 'Nada en la columna decide cómo se lee {value}; se lee como «{column}».',
    cure: 'Si no es así, dígalo en «Columnas».',
  },
  COLUMN_NUMBERS_AMBIGUOUS: {
    title: 'Números que se pueden leer de dos formas',
    says: 'Cada número de la columna se puede leer de varias formas, como {value}.',
    cure: 'Diga en «Columnas» cómo están escritos. Hasta entonces quedan vacíos, y se conservan los originales.',
  },
  COLUMN_NUMBERS_CONTRADICT: {
    title: 'Números escritos de dos formas',
    says: 'Unos números se escriben como {value}, otros como {other}.',
    cure: 'Corrija los que no encajan, o diga en «Columnas» cómo están escritos.',
  },
  COLUMN_NOT_MAPPED: {
    title: 'Una columna no tiene campo',
    says: 'La columna no tiene campo.',
    cure: 'Lo que contiene se conserva con cada fila. Dele un campo en «Columnas», si lo hay.',
  },
  VALUE_NOT_A_NUMBER: {
    title: 'No es un número',
    says: '«{value}» no es un número.',
    cure: 'El campo queda vacío y se conserva el original. Corrija la celda.',
  },
  VALUE_PARTLY_A_NUMBER: {
    title: 'Un número con texto detrás',
    says: '«{value}» empieza con un número y sigue con texto.',
    cure: 'Se toma el número. Compruebe que es el correcto.',
  },
  VALUE_AMBIGUOUS_NUMBER: {
    title: 'Un número que se puede leer de dos formas',
    says: '«{value}» se puede leer como dos números distintos.',
    cure: 'Se conserva el original. Corrija la celda, o diga en «Columnas» cómo se escriben los números.',
  },
  VALUE_OUT_OF_RANGE: {
    title: 'Un número fuera de rango',
    says: '«{value}» es más o menos de lo que cabe en el campo.',
    cure: 'El campo queda vacío y se conserva el original. Corrija la celda.',
  },
  VALUE_NOT_A_DATE: {
    title: 'No es una fecha',
    says: '«{value}» no es una fecha.',
    cure: 'El campo queda vacío y se conserva el original. Corrija la celda, por ejemplo 31/12/2025.',
  },
  VALUE_AMBIGUOUS_DATE: {
    title: 'Una fecha que se puede leer de dos formas',
    says: '«{value}» se puede leer como dos fechas distintas.',
    cure: 'Se conserva el original. Corrija la celda, o diga en «Columnas» cómo se escriben las fechas.',
  },
  VALUE_NOT_A_BOOLEAN: {
    title: 'Ni sí ni no',
    says: '«{value}» no significa ni sí ni no.',
    cure: 'El campo queda vacío y se conserva el original. Corrija la celda.',
  },
  VALUE_NOT_IN_TABLE: {
    title: 'El CRM no conoce este valor',
    says: 'El CRM no tiene «{value}» en esta lista.',
    cure: 'Se conserva el original. Diga en «Valores» qué significa, o corrija la celda.',
  },
  VALUE_NOT_FOR_COLUMN: {
    title: 'El valor no encaja en el campo',
    says: '«{value}» no encaja en el campo.',
    cure: 'El campo queda vacío y se conserva el original. Corrija la celda.',
  },
  VALUE_TOO_LONG: {
    title: 'Demasiado largo',
    says: 'El texto es más largo de lo que admite el campo ({max} caracteres).',
    cure: 'Se conserva el original. Acórtelo.',
  },
  NUMBER_SHORTENED: {
    title: 'Una hoja de cálculo ha cortado cifras',
    says: '«{value}» es un número largo en la forma corta de las hojas de cálculo: faltan sus últimas cifras.',
    cure: 'Dé a la columna formato de texto y expórtela de nuevo, o corrija la celda.',
  },
  SPREADSHEET_ERROR: {
    title: 'Una fórmula ha fallado',
    says: '«{value}» es lo que muestra una hoja de cálculo cuando falla una fórmula.',
    cure: 'El campo queda vacío. Corrija la celda.',
  },
  DATE_AS_NUMBER: {
    title: 'Un número en lugar de una fecha',
    says: '«{value}» es el número que una hoja de cálculo usa para una fecha.',
    cure: 'Dé a la columna formato de fecha y expórtela de nuevo, o corrija la celda.',
  },
  LEADING_ZERO_LOST: {
    title: 'Se ha perdido un cero inicial',
    says: '«{value}» ha perdido el cero de delante.',
    cure: 'El cero se repone; no hay que hacer nada.',
  },
  EMAIL_INVALID: {
    title: 'No es un correo electrónico',
    says: '«{value}» no es un correo electrónico.',
    cure: 'Se conserva el original. Corrija la celda.',
  },
  PHONE_INVALID: {
    title: 'No es un teléfono',
    says: '«{value}» no es un número de teléfono.',
    cure: 'Se conserva como está escrito. Corrija la celda, por ejemplo +34 612 345 678.',
  },
  PHONE_WRITTEN_AS_NUMBER: {
    title: 'Un teléfono sin su cero',
    says: '«{value}» está escrito como número; puede faltar un cero inicial.',
    cure: 'Compruebe el número.',
  },
  URL_INVALID: {
    title: 'No es una dirección web',
    says: '«{value}» no es una dirección web.',
    cure: 'El campo queda vacío y se conserva el original. Corrija la celda.',
  },
  URL_REPAIRED: {
    title: 'Se ha reparado una dirección web',
    says: 'La dirección web «{value}» tenía espacios o no tenía principio, y se ha reparado.',
    cure: 'No hay que hacer nada.',
  },
  LANGUAGE_UNKNOWN: {
    title: 'Un idioma desconocido',
    says: '«{value}» no es el código de un idioma.',
    cure: 'Se conserva el original. Escriba en, es, nl …',
  },
  NAME_WITH_DIGITS: {
    title: 'Un nombre con cifras',
    says: 'El nombre «{value}» contiene cifras.',
    cure: 'Se toma como está. Corrija la celda si es un error.',
  },
  MINIMUM_ABOVE_MAXIMUM: {
    title: 'Un mínimo mayor que su máximo',
    says: 'El mínimo ({minimum}) es mayor que el máximo ({maximum}).',
    cure: 'Se toman los dos como están. Compruebe cuál es correcto.',
  },
  TEXT_REPAIRED: {
    title: 'Se han reparado letras rotas',
    says: 'El texto tenía letras rotas (como «Ã±» en lugar de «ñ»), y se han reparado.',
    cure: 'No hay que hacer nada.',
  },
  PARENT_MISSING: {
    title: 'Se refiere a algo que no está',
    says: 'Se refiere a «{value}», que no está.',
    cure: 'La referencia se conserva con la fila. Corrija la celda, o enlácelo en el CRM.',
  },
  PARENT_NOT_IMPORTED: {
    title: 'Se refiere a algo que no entra',
    says: 'Se refiere a «{value}», que no entra.',
    cure: 'Corrija antes esa fila.',
  },
  LINK_AMBIGUOUS: {
    title: 'Podría referirse a varias filas',
    says: 'Varias filas del CRM tienen «{value}».',
    cure: 'No se enlaza con ninguna. Enlace la correcta en el CRM.',
  },
  USER_PLACEHOLDER: {
    title: 'Un agente que el CRM no conoce',
    says: 'El CRM no tiene ningún agente «{value}».',
    cure: 'Entra uno provisional, sin acceso. Elija el agente en «Valores», o invítelo.',
  },
  REFERENCE_TAKEN: {
    title: 'El valor ya está ocupado',
    says: 'Otra fila ya tiene «{value}», que debe ser único.',
    cure: 'El campo queda vacío y se conserva el original. Decida cuál de las dos lo mantiene.',
  },
  VALUE_KEPT: {
    title: 'El CRM conserva su valor',
    says: 'El CRM conserva «{value}».',
    cure: 'No hay que hacer nada.',
  },
  MATCH_AMBIGUOUS: {
    title: 'Varias filas del CRM coinciden',
    says: '{rows} filas del CRM coinciden; no se ha elegido ninguna.',
    cure: 'Fusiónelas en el CRM si son la misma.',
  },
  MATCH_REFUSED: {
    title: 'Mismo correo o teléfono, otro nombre',
    says: 'Una fila del CRM tiene «{value}», pero otro nombre.',
    cure: 'Entra como fila propia. Fusiónelas en el CRM si son la misma.',
  },
  MATCH_LINKED: {
    title: 'Ya está en el CRM, y queda como está',
    says: 'Una fila del CRM ya corresponde a esta, y queda como está.',
    cure: 'No hay que hacer nada.',
  },
  MATCH_SKIPPED: {
    title: 'Ya está en el CRM, y se salta',
    says: 'Una fila del CRM ya corresponde a esta.',
    cure: 'No hay que hacer nada.',
  },
});
