package org.xietong.matter;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.problem.FieldFault;

/**
 * When something happened, as precisely as it is known. Old files state days, sometimes months; their days are Asia/Shanghai days
 * whatever the offset of the caller's clock.
 *
 * @param time with offset (RFC 3339); absent only where the precision is UNKNOWN
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Occurred(
        @ZhName("发生时间") @Nullable OffsetDateTime time,
        @ZhName("时间精度") @NotNull @Nullable Precision precision) {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public static Occurred on(LocalDate day) {
        return new Occurred(day.atStartOfDay(ZONE).toOffsetDateTime(), Precision.DAY);
    }

    public static Occurred at(OffsetDateTime time) {
        return new Occurred(time, Precision.MINUTE).normalised();
    }

    /** The same time in Asia/Shanghai, cut to its precision, so that no accidental hour suggests what nobody knows. */
    public Occurred normalised() {
        if (time == null || precision == null || precision == Precision.UNKNOWN) {
            return this;
        }
        ZonedDateTime local = time.atZoneSameInstant(ZONE);
        ZonedDateTime cut = switch (precision) {
            case MINUTE -> local.truncatedTo(ChronoUnit.MINUTES);
            case DAY -> local.truncatedTo(ChronoUnit.DAYS);
            case MONTH -> local.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case UNKNOWN -> local;
        };
        return new Occurred(cut.toOffsetDateTime(), precision);
    }

    /** The Asia/Shanghai day, where one is known. */
    @JsonIgnore
    public Optional<LocalDate> day() {
        return time == null || precision == Precision.MONTH || precision == Precision.UNKNOWN
                ? Optional.empty()
                : Optional.of(time.atZoneSameInstant(ZONE).toLocalDate());
    }

    /** A time is there exactly where its precision says so. */
    public List<FieldFault> check(String pointer) {
        boolean unknown = precision == Precision.UNKNOWN;
        if (unknown && time != null) {
            return List.of(new FieldFault(pointer + "/time", "NOT_ALLOWED"));
        }
        return !unknown && time == null ? List.of(new FieldFault(pointer + "/time", "REQUIRED")) : List.of();
    }
}
