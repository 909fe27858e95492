package org.xietong.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a part of the code owes. Its subjects can be asked for beside its faults, so that a rule which concerns nothing, or
 * which nothing can break, is found out.
 */
record Rule<T>(ClassesTransformer<T> subjects, ArchRule rule) {

    /** @param faults what is wrong with one subject, naming it; empty if nothing is */
    static <T> Rule<T> of(
            String sentence,
            Function<JavaClasses, ? extends Collection<T>> subjects,
            Function<T, Stream<String>> faults) {
        ClassesTransformer<T> transformer = new AbstractClassesTransformer<>(sentence) {
            @Override
            public Iterable<T> doTransform(JavaClasses classes) {
                return List.copyOf(subjects.apply(classes));
            }
        };
        ArchCondition<T> condition = new ArchCondition<>("do so") {
            @Override
            public void check(T subject, ConditionEvents events) {
                faults.apply(subject).forEach(fault -> events.add(SimpleConditionEvent.violated(subject, fault)));
            }
        };
        return new Rule<>(transformer, all(transformer).should(condition).as(sentence));
    }

    void check(JavaClasses classes) {
        rule.check(classes);
    }

    List<T> subjectsIn(JavaClasses classes) {
        List<T> found = new ArrayList<>();
        subjects.transform(classes).forEach(found::add);
        return found;
    }

    List<String> faultsIn(JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }

    @Override
    public String toString() {
        return rule.getDescription();
    }
}
