package org.xietong.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.inject.Scope;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.stream.Stream;
import org.xietong.exchange.Exchanged;
import org.xietong.exchange.Open;

/**
 * What holds of whatever HTTP reaches, and of the beans behind it.
 *
 * @param base package that all of it stands in
 */
record Resources(String base) {

    /** The one road (I1): a method is on it, or says that it needs none. */
    Rule<JavaMethod> everyResourceMethodIsExchangedOrOpen() {
        return Rule.of(
                "every resource method is either @Exchanged or @Open",
                this::methods,
                method -> method.isAnnotatedWith(Exchanged.class) != method.isAnnotatedWith(Open.class)
                        ? Stream.empty()
                        : Stream.of(method.getFullName() + " is neither or both"));
    }

    /** The pipeline waits for the database; on the event loop it would stop everybody. */
    Rule<JavaMethod> everyExchangeRunsOnAVirtualThread() {
        return Rule.of(
                "every resource method runs on a virtual thread, if it is not @Open",
                this::methods,
                method -> method.isAnnotatedWith(Open.class)
                                || method.isAnnotatedWith(RunOnVirtualThread.class)
                                || method.getOwner().isAnnotatedWith(RunOnVirtualThread.class)
                        ? Stream.empty()
                        : Stream.of(method.getFullName() + " runs elsewhere"));
    }

    /** The exchange is a plain object: fields of request-scoped proxies leaked one caller's body to the next. */
    Rule<JavaMember> noBeanLivesForOneRequest() {
        return Rule.of(
                "no bean lives for one request or session",
                classes -> ours(classes).stream()
                        .flatMap(type -> Stream.concat(type.getMethods().stream(), type.getConstructors().stream()))
                        .filter(member -> isScoped(member.getOwner())
                                || member.isMetaAnnotatedWith(Scope.class)
                                || member.isMetaAnnotatedWith(NormalScope.class))
                        .map(JavaMember.class::cast)
                        .toList(),
                member -> isOfOneRequest(member)
                        ? Stream.of(member.getFullName() + " belongs to one request or session")
                        : Stream.empty());
    }

    Rule<JavaField> injectedFieldsHoldNoRequest() {
        return Rule.of(
                "injected fields hold beans that serve all requests",
                classes -> ours(classes).stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.isAnnotatedWith(Inject.class) || field.isAnnotatedWith(Context.class))
                        .toList(),
                field -> field.getRawType().isAnnotatedWith(ApplicationScoped.class)
                                || field.getRawType().isAnnotatedWith(Singleton.class)
                        ? Stream.empty()
                        : Stream.of(field.getFullName() + " may hold what belongs to one request"));
    }

    List<JavaMethod> methods(JavaClasses classes) {
        return ours(classes).stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .toList();
    }

    private List<JavaClass> ours(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getPackageName().startsWith(base + '.'))
                .toList();
    }

    private static boolean isScoped(JavaClass type) {
        return type.isMetaAnnotatedWith(Scope.class) || type.isMetaAnnotatedWith(NormalScope.class);
    }

    private static boolean isOfOneRequest(JavaMember member) {
        return Stream.of(RequestScoped.class, SessionScoped.class)
                .anyMatch(scope ->
                        member.isAnnotatedWith(scope) || member.getOwner().isAnnotatedWith(scope));
    }
}
