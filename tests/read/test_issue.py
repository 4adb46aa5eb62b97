"""A gazette is split into its documents; a single document is read as government sites publish it."""

import pytest

from kg.read import ReadError, read_text

MASTHEAD = "# 甲州市人民政府公报\n\n2031\n\n第 2 期(总第 89 期)\n\n甲州市人民政府办公室\n\n2031年4月30日\n\n"
BODY = "各县、区人民政府：\n\n{notice}\n\n2031年3月1日\n\n"
CONTENTS = {
    "number and page below the title": "{title}\n\n甲政办〔2031〕5号 ..... (8)\n\n",
    "half-width page": "{title}\n\n甲政办〔2031〕5号 (8)\n\n",
    "a tab before the page": "{title}\t\n甲政办〔2031〕5 号 .....\t（8）\n",
    "number behind the title": "{title}（甲政办〔2031〕5号）\t（8）\n\n",
    "a title on two lines": "{broken}\n\n甲政办〔2031〕5号 ..... (8)\n\n",
    "no number": "{title} ………… 8\n\n",
}
TITLE = "甲州市人民政府办公室关于印发甲州市托育服务实施方案的通知"


def gazette(contents: str, *documents: str) -> str:
    return MASTHEAD + "## 目 录\n\n### 甲州市人民政府办公室文件\n\n" + contents + "\n".join(documents)


@pytest.mark.parametrize("layout", CONTENTS.values(), ids=CONTENTS)
def test_contents_lists(layout):
    contents = layout.format(title=TITLE, broken=TITLE.replace("印发", "印发\n\n"))
    notice = BODY.format(notice="现将《甲州市托育服务实施方案》印发给你们。")
    issue = read_text(gazette(contents, f"# {TITLE}\n\n甲政办〔2031〕5号\n\n{notice}"))
    assert (issue.year, issue.number, issue.running_number, issue.date) == (2031, 2, 89, "2031-04-30")
    (entry,) = issue.contents
    assert (entry.title, entry.page) == (TITLE, 8)
    (document,) = issue.documents
    assert (document.number, document.gazette, document.in_contents) == ("甲政办〔2031〕5号", "2031-2", True)


@pytest.mark.parametrize(
    ("printed", "issuers"),
    [
        ("甲州市人民政府关于 印发甲州市托育服务方案的通知", ["甲州市人民政府"]),
        ("甲州市人民政府办公室\n\n## 关于成立甲州市托育服务领导小组的通知", ["甲州市人民政府办公室"]),
        ("甲州市自然资源局 甲州市财政局关于印发甲州市收储办法的通知", ["甲州市自然资源局", "甲州市财政局"]),
        ("甲州市自然资源局甲州市财政局关于印发甲州市收储办法的通知", ["甲州市自然资源局", "甲州市财政局"]),
        ("中共甲州市委员会 甲州市人民政府关于加快托育服务的意见", ["中共甲州市委员会", "甲州市人民政府"]),
        ("国务院办公厅关于促进托育服务的指导意见", ["国务院办公厅"]),
        ("甲 州 市 人 民 政 府 办 公 室\n\n关于印发托育服务方案的通知", ["甲州市人民政府办公室"]),
        ("甲州市人民政府办公室转发市民政局关于托育服务意见的通知", ["甲州市人民政府办公室"]),
        ("甲州市人民政府办公室印发关于建立托育服务制度意见的通知", ["甲州市人民政府办公室"]),
    ],
)
def test_titles_are_joined_and_name_their_issuers(printed, issuers):
    (document,) = read_text(
        f"{printed}\n\n甲政发〔2031〕5号\n\n{BODY.format(notice='为加快发展，现通知如下。')}"
    ).documents
    assert [issuer.string for issuer in document.issuers] == issuers
    assert document.title.string == "".join(printed.replace("#", "").split())


@pytest.mark.parametrize(
    ("notice", "attached"),
    [
        ("经市人民政府同意，现将《甲方案》印发给你们，请认真组织实施。", ["甲方案"]),
        ("现将《甲规划》和《乙规划》印发给你们。", ["甲规划", "乙规划"]),
        ("现将修订后的《甲预案》印发给你们。2016年印发的《乙预案》同时废止。", ["甲预案"]),
        ("《甲办法》已经市人民政府同意，现印发给你们，请遵照执行。", ["甲办法"]),
        ("《甲任务分解》和《乙项目分解》已经市政府同意，现印发给你们。", ["甲任务分解", "乙项目分解"]),
        ("市民政局拟定的《甲方案》已经市政府同意，现转发给你们。", ["甲方案"]),
        ("现将市民政局制定的《甲办法》和《乙办法》转发给你们。", ["甲办法", "乙办法"]),
        ("《甲条例》于2031年3月1日经市人大常委会第三次会议通过，现予公布。", ["甲条例"]),
        ("现将《甲名录》予以公布。各地要按照《乙法》做好工作。", ["甲名录"]),
        ("根据《乙法》有关规定，决定表彰一批单位。", []),
    ],
)
def test_what_a_notice_issues(notice, attached):
    title = "甲州市人民政府关于有关工作的通知"
    (document,) = read_text(f"{title}\n\n甲政发〔2031〕5号\n\n{BODY.format(notice=notice)}").documents
    assert [item.title.string for item in document.attached] == attached


def test_addressees_date_and_kind():
    (document,) = read_text(
        f"{TITLE}\n\n甲政办〔2031〕5号\n\n各县、区人民政府，市直各委、办、局：\n\n请执行。\n\n2031年3月1日"
    ).documents
    assert [part.string for part in document.addressees] == ["各县、区人民政府", "市直各委、办、局"]
    assert (document.date, document.kind) == ("2031-03-01", "通知")


def test_addressees_are_read_over_a_line_end():
    (document,) = read_text(
        f"{TITLE}\n\n甲政办〔2031〕5号\n\n各县、区人民政府，市直\n各委、办、局：\n\n请执行。"
    ).documents
    assert [part.string for part in document.addressees] == ["各县、区人民政府", "市直各委、办、局"]


def test_a_plan_that_stands_elsewhere_is_not_printed_in_full():
    text = f"{TITLE}\n\n甲政办〔2031〕5号\n\n" + BODY.format(notice="现将《甲州市托育服务实施方案》印发给你们。")
    assert (
        read_text(text + "详细内容及附件请登录：http://www.example.gov.cn/t5.html。").documents[0].printed_in_full
        is False
    )
    assert read_text(text + "甲州市托育服务实施方案\n\n一、总体要求").documents[0].printed_in_full is True


def test_a_personnel_notice_that_bundles_numbers_is_several_documents():
    contents = "甲州市人民政府人事任免\n\n(甲政干〔2031〕1、2号) ..... (83)\n\n"
    body = (
        "## 甲州市人民政府人事任免\n\n各县、区人民政府：\n\n经研究决定：\n\n免去王明同志的甲州市民政局局长职务。\n\n"
        "（甲政干〔2031〕1号 2031年1月28日）\n\n"
        "经研究决定：\n\n李川同志任甲州市民政局局长。\n\n（甲政干〔2031〕2号 2031年1月30日）"
    )
    documents = read_text(gazette(contents, body)).documents
    assert [(document.number, document.date, document.kind) for document in documents] == [
        ("甲政干〔2031〕1号", "2031-01-28", "任免"),
        ("甲政干〔2031〕2号", "2031-01-30", "任免"),
    ]
    assert all(document.title.string == "甲州市人民政府人事任免" for document in documents)


SINGLE = {
    "number below": "{title}\n\n甲政办〔2031〕5号\n\n{body}",
    "number in brackets": "{title}\n（甲政办〔2031〕5号）\n\n{body}",
    "number above, as under a letterhead": "甲政办〔2031〕5号\n\n{title}\n\n{body}",
    "head table of a government site": "索 引 号：\tA001\n发文字号：\t甲政办〔2031〕5号\n\n{title}\n\n{body}",
}


@pytest.mark.parametrize("layout", SINGLE.values(), ids=SINGLE)
def test_a_single_document_without_a_gazette(layout):
    issue = read_text(layout.format(title=TITLE, body=BODY.format(notice="现将《甲州市托育服务实施方案》印发给你们。")))
    (document,) = issue.documents
    assert issue.gazette is None
    assert (document.number, document.title.string) == ("甲政办〔2031〕5号", TITLE)
    assert document.addressees[0].string == "各县、区人民政府"


def test_the_head_table_tells_the_date_of_a_text_without_one():
    head = "发文字号：\t甲政办〔2031〕5号\n成文日期：\t2031年3月1日\n\n"
    (document,) = read_text(f"{head}{TITLE}\n\n各县、区人民政府：\n\n请认真组织实施。").documents
    assert document.date == "2031-03-01"


def test_what_a_congress_adopts_is_dated_by_its_adoption():
    adopted = "（2031年4月1日甲州市第五届人民代表大会常务委员会第三次会议通过）"
    (document,) = read_text(
        f"甲州市人民代表大会常务委员会任免名单\n\n{adopted}\n\n任命王明为甲州市审计局局长。"
    ).documents
    assert document.date == "2031-04-01"


def test_what_an_order_made_known_is_dated_by_it():
    (document,) = read_text(
        "甲州市市场管理规定\n\n（1991年3月26日甲州市人民政府令19号发布）\n\n第一条 为加强管理，制定本规定。"
    ).documents
    assert document.date == "1991-03-26"


def test_a_government_order_is_numbered_by_its_name():
    text = "甲州市人民政府令\n\n第58号\n\n《甲州市供水办法》已经审议通过，现予公布。\n\n2031年3月5日\n\n甲州市供水办法"
    (document,) = read_text(text).documents
    assert (document.number, document.date) == ("甲州市人民政府令第58号", "2031-03-05")
    assert (document.title.string, document.kind) == ("甲州市供水办法", "令")
    assert [item.title.string for item in document.attached] == ["甲州市供水办法"]
    assert [issuer.string for issuer in document.issuers] == ["甲州市人民政府"]


def test_the_name_of_what_is_ordered_may_stand_above_the_order():
    text = "甲州市供水规定\n\n甲州市人民政府令\n\n第58号\n\n《甲州市供水规定》已经审议通过，现予公布。\n\n市长 林平\n"
    (document,) = read_text(
        text + "\n二OO九年三月五日\n\n甲州市供水规定\n\n第一条 为加强供水管理，制定本规定。"
    ).documents
    assert (document.number, document.title.string) == ("甲州市人民政府令第58号", "甲州市供水规定")
    assert ([issuer.string for issuer in document.issuers], document.date) == (["甲州市人民政府"], "2009-03-05")


def test_the_signature_names_the_issuer_that_a_title_leaves_out():
    text = (
        f"关于印发托育服务方案的通知\n\n甲政办〔2031〕5号\n\n{BODY.format(notice='现将《托育服务方案》印发给你们。')}"
    )
    (document,) = read_text(text.replace("2031年3月1日", "甲州市人民政府办公室\n\n2031年3月1日")).documents
    assert [issuer.string for issuer in document.issuers] == ["甲州市人民政府办公室"]


def test_a_title_below_the_number_of_a_letterhead_need_not_name_its_issuer():
    head = "甲州市防汛抗旱\n指 挥 部 文 件\n甲防指字〔2031〕8号\n关于印发甲州市防汛预案的通知\n\n"
    body = "各成员单位：\n\n请认真执行。\n\n甲州市防汛抗旱指挥部\n\n2031年6月10日\n"
    (document,) = read_text(head + body).documents
    assert document.title.string == "关于印发甲州市防汛预案的通知"
    assert [issuer.string for issuer in document.issuers] == ["甲州市防汛抗旱指挥部"]


def test_the_announcement_of_a_congress_is_numbered_like_an_order():
    text = "甲州市第五届人民代表大会常务委员会公告\n\n第6号\n\n《甲州市供水条例》现予公布。\n\n2031年3月5日\n"
    assert read_text(text).documents[0].number == "甲州市第五届人民代表大会常务委员会公告第6号"


def test_orders_in_a_gazette_begin_at_their_own_two_lines():
    order = "甲州市人民政府令\n\n第{number}号\n\n《甲州市{name}办法》已经审议通过，现予公布。\n\n2031年3月5日\n\n"
    contents = f"甲州市人民政府令（第58号） (2)\n\n{TITLE}（甲政办〔2031〕5号） (8)\n\n"
    notice = f"{TITLE}\n\n甲政办〔2031〕5号\n\n{BODY.format(notice='现将《甲州市托育服务实施方案》印发给你们。')}"
    text = gazette(contents, order.format(number=58, name="供水"), order.format(number=59, name="公园"), notice)
    numbers = [document.number for document in read_text(text).documents]
    assert numbers == ["甲州市人民政府令第58号", "甲州市人民政府令第59号", "甲政办〔2031〕5号"]


def test_a_document_without_number_goes_by_its_title():
    assert (
        read_text("甲州市防汛应急预案\n\n1 总则\n\n1.1 编制目的\n\n规范防汛应急工作。").documents[0].number
        == "甲州市防汛应急预案"
    )


def test_a_document_that_the_contents_list_names_but_nobody_printed_is_reported():
    contents = (
        f"{TITLE}\n\n甲政办〔2031〕5号 ..... (8)\n\n甲州市人民政府关于供水的通知\n\n甲政发〔2031〕6号 ..... (9)\n\n"
    )
    issue = read_text(gazette(contents, f"# {TITLE}\n\n甲政办〔2031〕5号\n\n{BODY.format(notice='请执行。')}"))
    assert len(issue.problems) == 1
    assert "甲政发〔2031〕6号" in issue.problems[0]


def test_a_text_without_chinese_is_refused():
    with pytest.raises(ReadError, match="no Chinese text"):
        read_text("Lorem ipsum dolor sit amet. " * 50, "latin.txt")


def test_a_signature_tells_the_place_that_the_title_leaves_out():
    text = (
        "市政府办公室关于做好防汛工作的通知\n\n甲政办〔2031〕5号\n\n"
        "各县区人民政府：\n\n现通知如下。\n\n{}\n2031年3月1日\n"
    )
    signed = read_text(text.format("甲州市人民政府办公室")).documents[0]
    assert [issuer.string for issuer in signed.issuers] == ["甲州市人民政府办公室"]
    unsigned = read_text(text.format("请认真执行。")).documents[0]
    assert [issuer.string for issuer in unsigned.issuers] == ["市政府办公室"]


def test_a_letterhead_above_the_number_tells_who_issues():
    text = (
        "甲州市人民政府办公室\n\n甲政办〔2031〕5号\n\n关于印发甲州市防汛预案的函\n\n"
        "各县区人民政府：\n\n请执行。\n\n2031年3月1日\n"
    )
    (document,) = read_text(text).documents
    assert [issuer.string for issuer in document.issuers] == ["甲州市人民政府办公室"]


def test_a_document_that_begins_with_its_address_goes_by_what_it_issues():
    notice = "《甲州市防汛应急预案》已经市政府同意，现印发给你们。"
    text = f"甲政办〔2031〕5号\n\n各县区人民政府，市直各部门：\n\n{notice}\n\n甲州市人民政府办公室\n2031年3月1日\n"
    (document,) = read_text(text).documents
    assert document.title.string == "甲州市防汛应急预案"
    assert [issuer.string for issuer in document.issuers] == ["甲州市人民政府办公室"]
    assert [part.string for part in document.addressees] == ["各县区人民政府", "市直各部门"]


def test_a_date_in_brackets_below_the_number_is_the_document_s():
    text = (
        "中共甲州市委 甲州市人民政府关于加快托育服务的意见\n\n甲发〔2031〕5号\n\n"
        "（2031 年 3 月 17 日）\n\n为加快托育服务，提出如下意见。\n"
    )
    assert read_text(text).documents[0].date == "2031-03-17"


def test_the_short_name_of_a_plan_is_no_second_plan():
    notice = "现将《甲州市防汛方案》（以下简称《方案》）印发给你们，并就落实《方案》、印发《办法》通知如下。"
    text = f"甲州市人民政府关于印发《甲州市防汛方案》的通知\n\n甲政发〔2031〕5号\n\n{BODY.format(notice=notice)}"
    assert "方案" not in [plan.title.string for plan in read_text(text).documents[0].attached]


def test_digits_of_full_width_are_read_and_keep_their_place():
    text = (
        "甲州市人民政府关于防汛的通知\n\n甲政发〔２０３１〕５号\n\n"
        "各县区人民政府：\n\n达标率达到９５．５％。\n\n２０３１年３月１日\n"
    )
    (document,) = read_text(text).documents
    assert (document.number, document.date) == ("甲政发〔2031〕5号", "2031-03-01")
    paragraph = next(p.text for p in document.paragraphs if "达标率" in p.text.string)
    assert paragraph.string == "达标率达到95.5%。"
    assert document.cite(paragraph)[0].quote == "达标率达到９５．５％。"
