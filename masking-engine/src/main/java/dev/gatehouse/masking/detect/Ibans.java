package dev.gatehouse.masking.detect;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * International bank account numbers: a country of the register, as many letters and digits as it has given them, and right
 * check digits; at a stretch or in groups of four with a space between.
 *
 * @see <a href="https://www.swift.com/standards/data-standards/iban-international-bank-account-number">IBAN Registry</a>
 */
final class Ibans implements Detector {

    private static final int LETTERS = 26;
    private static final int CHECK_AT = 4;
    private static final int GROUP = 4;
    private static final int MODULUS = 97;

    private static final String COUNTRIES =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 "
                    + "DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 "
                    + "IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 "
                    + "NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 "
                    + "TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    /** How long numbers are, by the letters of their country. */
    private static final byte[] LENGTHS = new byte[LETTERS * LETTERS];

    static {
        for (String country : COUNTRIES.split(" ", -1)) {
            byte[] letters = country.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            LENGTHS[country(letters, 0)] = Byte.parseByte(country.substring(2));
        }
    }

    private static int country(byte[] text, int at) {
        return LETTERS * ((text[at] | 0x20) - 'a') + (text[at + 1] | 0x20) - 'a';
    }

    @Override
    public int end(byte[] text, int from, int at, int to) {
        if (to - at < CHECK_AT || !begins(text, at)) {
            return NONE;
        }
        int length = LENGTHS[country(text, at)];
        int rest = 0;
        int next = at + CHECK_AT;
        for (int read = CHECK_AT; read < length; read++) {
            boolean space = read % GROUP == 0 && next < to && text[next] == ' ';
            next += space ? 1 : 0;
            if (next >= to || !Glyphs.isLetterOrDigit(text[next])) {
                return NONE;
            }
            rest = rest(rest, text[next]);
            next++;
        }
        for (int i = 0; i < CHECK_AT; i++) {
            rest = rest(rest, text[at + i]);
        }
        return length > 0 && rest == 1 && !Glyphs.isWord(text, next, to) ? next : NONE;
    }

    private static boolean begins(byte[] text, int at) {
        return Glyphs.isLetter(text[at])
                && Glyphs.isLetter(text[at + 1])
                && Glyphs.isDigit(text[at + 2])
                && Glyphs.isDigit(text[at + 3]);
    }

    /** What is left of a number, with one more character at its end, by 97; a letter is a number from 10 to 35. */
    private static int rest(int rest, byte next) {
        return Glyphs.isDigit(next)
                ? (10 * rest + next - '0') % MODULUS
                : (100 * rest + (next | 0x20) - 'a' + 10) % MODULUS;
    }
}
