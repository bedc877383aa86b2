package io.jenkins.plugins.octopod.engine.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Requested or used amounts of processor and memory.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes bytes of memory
 */
public record Resources(long cpuMillis, long memoryBytes) {

    public static final Resources NONE = new Resources(0, 0);

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    public Resources plus(Resources other) {
        return new Resources(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes);
    }

    /** Returns the number of processors, such as “0.25”. */
    public String cpu() {
        return BigDecimal.valueOf(cpuMillis, 3)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Returns the memory with a unit, such as “256 MiB”. */
    public String memory() {
        double size = memoryBytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return BigDecimal.valueOf(size)
                        .setScale(size < 10 && unit > 2 ? 1 : 0, RoundingMode.HALF_UP)
                        .toPlainString()
                + ' '
                + UNITS[unit];
    }
}
