package dev.gatehouse.gateway.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A certificate for {@code localhost} that vouches for itself, with its key. MySQL's clients tell their password under TLS
 * alone, and take any certificate when nobody asks them to check it.
 *
 * @param certificate in PEM
 * @param key in PEM (PKCS #8)
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, section 4.1</a>
 */
record SelfMadeCertificate(String certificate, String key) {

    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] VERSION_3 = {2};
    private static final int SERIAL_BYTES = 16;
    private static final int LONG_LENGTH = 0x80;

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    private static final byte[] COMMON_NAME = {0x55, 4, 3};
    private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1d, 17};
    /** 1.2.840.10045.4.3.2 */
    private static final byte[] ECDSA_WITH_SHA256 = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};

    /** Makes a key, and a certificate of it that begins to hold an hour ago, since clocks differ. */
    static SelfMadeCertificate make(Instant now, SecureRandom random) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = keys.generateKeyPair();
            byte[] said = said(pair.getPublic().getEncoded(), now.minus(Duration.ofHours(1)), random);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate(), random);
            signature.update(said);
            byte[] certificate = of(SEQUENCE, said, algorithm(), of(BIT_STRING, new byte[1], signature.sign()));
            return new SelfMadeCertificate(
                    pem("CERTIFICATE", certificate),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has elliptic curves", e);
        }
    }

    /** What the certificate says, to be signed. */
    private static byte[] said(byte[] publicKey, Instant from, SecureRandom random) {
        byte[] serial = new byte[SERIAL_BYTES];
        random.nextBytes(serial);
        serial[0] = 1;
        byte[] name = of(
                SEQUENCE,
                of(SET, of(SEQUENCE, of(OBJECT_IDENTIFIER, COMMON_NAME), of(UTF8_STRING, text("Gatehouse demo")))));
        byte[] names = of(SEQUENCE, of(DNS_NAME, text("localhost")), of(IP_ADDRESS, LOOPBACK));
        return of(
                SEQUENCE,
                of(VERSION, of(INTEGER, VERSION_3)),
                of(INTEGER, serial),
                algorithm(),
                name,
                of(SEQUENCE, time(from), time(from.plus(LIFETIME))),
                name,
                publicKey,
                of(
                        EXTENSIONS,
                        of(SEQUENCE, of(SEQUENCE, of(OBJECT_IDENTIFIER, SUBJECT_ALT_NAME), of(OCTET_STRING, names)))));
    }

    private static byte[] algorithm() {
        return of(SEQUENCE, of(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256));
    }

    private static byte[] time(Instant time) {
        return of(UTC_TIME, text(TIME.format(time)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One value in DER: its tag, its length, what is in it. */
    private static byte[] of(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= LONG_LENGTH) {
            boolean two = length > 0xff;
            out.write(LONG_LENGTH | (two ? 2 : 1));
            if (two) {
                out.write(length >> Byte.SIZE);
            }
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String pem(String what, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
