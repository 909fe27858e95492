package org.xietong.identifier;

import java.util.List;

/**
 * One list of codes as published at {@code /v1/codes/{list}}.
 *
 * @param basis the law or standard that the list rests on
 * @param verified how far it was checked against that source
 */
public record CodeList(
        @ZhName("代码表标识") String id,
        @ZhName("中文名称") String zh,
        @ZhName("英文名称") String en,
        @ZhName("依据") String basis,
        @ZhName("核对程度") Verified verified,
        @ZhName("代码") List<CodeEntry> entries) {}
