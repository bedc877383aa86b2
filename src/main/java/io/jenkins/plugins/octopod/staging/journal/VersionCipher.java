package io.jenkins.plugins.octopod.staging.journal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * Encrypts the numbers of a version, so that clients can’t learn the number of changes of stagings that they may not
 * see. The same numbers always result in the same text. The key lasts until Jenkins stops. Thread-safe.
 */
final class VersionCipher {

    /**
     * Both numbers are exactly one AES block, and no two versions are the same, so no mode with an initialization
     * vector is needed.
     */
    private static final String TRANSFORMATION = "AES/ECB/NoPadding";

    private final SecretKey key;

    VersionCipher() {
        try {
            key = KeyGenerator.getInstance("AES").generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    String encrypt(long first, long second) {
        byte[] block = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .array();
        return HexFormat.of().formatHex(run(Cipher.ENCRYPT_MODE, block));
    }

    /**
     * Decrypts a text.
     *
     * @return both numbers; arbitrary numbers if this cipher has not written the text
     * @throws IllegalArgumentException if the text has a different form
     */
    long[] decrypt(String text) {
        byte[] block = HexFormat.of().parseHex(text);
        if (block.length != 2 * Long.BYTES) {
            throw new IllegalArgumentException(text);
        }
        ByteBuffer numbers = ByteBuffer.wrap(run(Cipher.DECRYPT_MODE, block));
        return new long[] {numbers.getLong(), numbers.getLong()};
    }

    private byte[] run(int mode, byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(mode, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
